import { isAborted } from "../errors.js";
import { isResultMessage, isStreamEvent } from "../messages/guards.js";
import type { RawMessage } from "../messages/parse-message.js";
import type { Message } from "../messages/types.js";
import { resolveCwd } from "../options/resolve-cwd.js";
import type { ClaudeOptions } from "../options/types.js";
import type { PromptContent } from "../prompt.js";
import { query } from "../query.js";
import type { Query } from "../query-run.js";
import { noteTurn } from "../recording/session-turns.js";
import type { ClaudeSession } from "./conversation.js";
import type { ConversationEntry } from "./conversation-entries.js";

export interface TurnToRecord {
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
  const { append, number, prompt, now } = turn;
  const write = (entry: DistributiveOmit<ConversationEntry, "at">): Promise<void> =>
    append({ ...entry, at: new Date(now()).toISOString() } as ConversationEntry);
  const messages = query(prompt, optionsOf(turn));
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
    await write({ type: "end", turn: number, replayed: isReplay(messages), ...end });
  }
}

type DistributiveOmit<T, Name extends PropertyKey> = T extends unknown ? Omit<T, Name> : never;

/** The options with which the CLI goes on where the conversation stands. */
function optionsOf({ options, session }: TurnToRecord): ClaudeOptions {
  if (!session) return options;
  // Recordings are found by the turn's number in its session, which this process may not have seen.
  noteTurn(session.id, { turn: session.turns, key: undefined, cwd: resolveCwd(options.cwd) });
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
