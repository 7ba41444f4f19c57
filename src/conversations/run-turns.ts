import type { Message } from "../messages/types.js";
import type { ClaudeOptions } from "../options/types.js";
import type { PromptContent } from "../prompt.js";
import type { Conversation } from "./conversation.js";
import type { ConversationEntry, ConversationHeader } from "./conversation-entries.js";
import type { ConversationStore } from "./conversation-store.js";
import { recordConversationTurn, type TurnToRecord } from "./record-conversation-turn.js";

interface TurnRequest {
  readonly store: ConversationStore;
  readonly sessionId: string;
  readonly prompt: PromptContent;
  /** See {@link TurnToRecord.onAsked}. */
  onAsked(interrupt: () => Promise<void>): void;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface FirstTurnRequest extends TurnRequest {
  readonly header: ConversationHeader;
  readonly options: ClaudeOptions;
}

/** Begins a conversation, and has its first turn. What fails before Claude has said anything leaves none behind. */
export async function* runFirstTurn(request: FirstTurnRequest): AsyncGenerator<Message, void, void> {
  const { store, sessionId, header, prompt, options, onAsked, now } = request;
  const lock = await store.lock(sessionId, options.abortSignal);
  let begun = false;
  try {
    const begin = (entry: ConversationEntry): Promise<void> => store.create(sessionId, [header, entry]);
    const append = (entry: ConversationEntry): Promise<void> => store.append(sessionId, entry);
    // A conversation that goes on with a session of the CLI's has that session's id there, and its own here.
    const goesOn = options.resume !== undefined || options.continue === true;
    const own = goesOn ? options : { ...options, sessionId };
    for await (const message of recordConversationTurn({
      begin,
      append,
      onAsked,
      number: 1,
      prompt,
      options: own,
      session: undefined,
      now,
    })) {
      begun = true;
      yield message;
    }
  } catch (error) {
    if (!begun) await store.remove(sessionId);
    throw error;
  } finally {
    await lock.release();
  }
}

export interface NextTurnRequest extends TurnRequest {
  /** Ends the wait for other turns. */
  readonly signal: AbortSignal | undefined;
  optionsFor(conversation: Conversation): ClaudeOptions;
}

/** Has a further turn, once no other one of the conversation runs. */
export async function* runNextTurn(request: NextTurnRequest): AsyncGenerator<Message, void, void> {
  const { store, sessionId, prompt, signal, optionsFor, onAsked, now } = request;
  // Before the lock, which would be made for a conversation that is not there.
  await store.read(sessionId);
  const lock = await store.lock(sessionId, signal);
  try {
    // Again: another process may have had a turn meanwhile.
    const conversation = await store.read(sessionId);
    const options = optionsFor(conversation);
    const number = conversation.turnCount + 1;
    const append = (entry: ConversationEntry): Promise<void> => store.append(sessionId, entry);
    const { claudeSession: session } = conversation;
    yield* recordConversationTurn({ begin: append, append, onAsked, number, prompt, options, session, now });
  } finally {
    await lock.release();
  }
}
