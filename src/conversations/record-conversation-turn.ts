import { isAborted } from "../errors.js";
import { isResultMessage, isStreamEvent } from "../messages/guards.js";
import type { RawMessage } from "../messages/parse-message.js";
import type { Message } from "../messages/types.js";
import { normaliseOptions } from "../options/normalise-options.js";
import { resolveCwd } from "../options/resolve-cwd.js";
import type { ClaudeOptions } from "../options/types.js";
import type { PromptContent } from "../prompt.js";
import { query } from "../query.js";
import type { Query } from "../query-run.js";
import { noteTurn } from "../recording/session-turns.js";
import { planTurn } from "../turn-plan.js";
import type { ClaudeSession } from "./conversation.js";
import type { ConversationEntry, StoredPrompt } from "./conversation-entries.js";

export interface TurnToRecord {
  /** Writes the turn's first line, before Claude is asked. */
  begin(entry: ConversationEntry): Promise<void>;
  /** Is told how Claude can be let stop, once it is asked. */
  onAsked(interrupt: () => Promise<void>): void;
  /** Adds a line to the conversation's file. */
  append(entry: ConversationEntry): Promise<void>;
  /** From 1. */
  readonly number: number;
  readonly prompt: PromptContent;
  readonly options: ClaudeOptions;
  /** Where the CLI goes on; undefined for a conversation that begins. */
  readonly session: ClaudeSession | undefined;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Runs a turn, and writes each message into the conversation's file before it passes it on, so that what somebody has seen is
 * kept. However the turn ends, the file says so, unless the process is killed.
 *
 * @throws what `query` throws, and ConversationWriteError.
 */
export async function* recordConversationTurn(turn: TurnToRecord): AsyncGenerator<Message, void, void> {
  const { begin, append, onAsked, number, prompt, now } = turn;
  const at = (): string => new Date(now()).toISOString();
  const write = (entry: DistributiveOmit<ConversationEntry, "at">): Promise<void> =>
    append({ ...entry, at: at() } as ConversationEntry);
  const { messages, key } = prepare(turn);
  await begin({ type: "turn", turn: number, at: at(), prompt: prompt as StoredPrompt, key });
  let isInterrupted = false;
  onAsked(async () => {
    isInterrupted = true;
    await messages.interrupt();
  });
  let end: { outcome: "done" | "failed" | "interrupted"; error?: string } = { outcome: "interrupted" };
  try {
    for await (const message of messages) {
      if (!isStreamEvent(message)) await write({ type: "message", turn: number, message: toRaw(message) });
      if (isResultMessage(message)) end = { outcome: message.is_error ? "failed" : "done" };
      yield message;
    }
  } catch (error) {
    end = isAborted(error)
      ? { outcome: "interrupted" }
      : { outcome: "failed", error: error instanceof Error ? error.message : String(error) };
    throw error;
  } finally {
    if (isInterrupted) end = { outcome: "interrupted" };
    await write({ type: "end", turn: number, replayed: isReplay(messages), ...end });
  }
}

type DistributiveOmit<T, Name extends PropertyKey> = T extends unknown ? Omit<T, Name> : never;

/** The query, which has not begun, and what names its recording. */
function prepare(turn: TurnToRecord): { messages: Query; key: string } {
  const { prompt, session } = turn;
  const options = optionsOf(turn);
  // Recordings are found by the turns before in their session, which this process may not have seen.
  if (session) noteTurn(session.id, { turn: session.turns, key: session.key, cwd: resolveCwd(options.cwd) });
  const { key } = planTurn(prompt, normaliseOptions(options));
  return { messages: query(prompt, options), key };
}

/** The options with which the CLI goes on where the conversation stands. */
function optionsOf({ options, session }: TurnToRecord): ClaudeOptions {
  if (!session) return options;
  const { sessionId: _, ...rest } = options;
  const resumed = { ...rest, resume: session.id };
  if (!session.isParents) return resumed;
  return {
    ...resumed,
    forkSession: true,
    ...(session.upTo !== undefined && { resumeSessionAt: session.upTo }),
  };
}

/** As the wire has it: `content` is a second name of what is in `message`. */
export function toRaw(message: Message): RawMessage {
  if (message.type !== "assistant" && message.type !== "user") return message as RawMessage;
  const { content: _, ...raw } = message as RawMessage;
  return raw as RawMessage;
}

function isReplay({ origin }: Query): boolean {
  return origin.replayed;
}
