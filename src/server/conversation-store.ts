import { isAborted } from "../errors.js";
import { isResultMessage } from "../messages/guards.js";
import { paidCost } from "../messages/paid-cost.js";
import type { Message, ResultMessage } from "../messages/types.js";
import type { QueryOptions } from "../options/types.js";
import { query } from "../query.js";

/** A conversation as a client's list shows it. */
export interface ConversationEntry {
  readonly sessionId: string;
  /** Its first prompt, or what it was called. */
  readonly title: string;
  readonly turns: number;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly costUsd: number;
}

/** One question and what came of it. */
export interface StoredTurn {
  readonly prompt: string;
  /** The working folder: a session can be resumed there only. */
  readonly cwd?: string | undefined;
  /** Whole messages, without those that stream. */
  readonly messages: readonly Message[];
}

/** A turn of a conversation that runs. */
export interface RunningTurn extends AsyncIterable<Message> {
  /** The conversation's id, where it is known before Claude says one. */
  readonly sessionId?: string | undefined;
  /** Lets Claude stop; without it, a turn is stopped by ending it. */
  readonly interrupt?: (() => Promise<void>) | undefined;
}

/** Asks Claude for the server, and keeps what is said. A client can go on with these conversations, and with no others. */
export interface ConversationStore {
  /** The latest first. @param text only those in which it stands. */
  list(text?: string): Promise<readonly ConversationEntry[]>;
  /** Undefined for a session that is not one of the server's. */
  read(sessionId: string): Promise<readonly StoredTurn[] | undefined>;
  /**
   * Where a session is gone on with, without what was said in it; undefined for one that is not the server's. A store without
   * it is asked for all turns.
   */
  place?(sessionId: string): Promise<{ readonly cwd?: string | undefined } | undefined>;
  /**
   * Begins a turn, when its first message is asked for. `abortSignal` of the options ends it.
   *
   * @param sessionId the conversation to go on with; undefined begins one.
   */
  ask(prompt: string, options: QueryOptions, sessionId: string | undefined): RunningTurn;
}

/** Conversations that are kept in memory; the one that was idle longest goes when there are more. */
const MAX_CONVERSATIONS = 100;

/** Turns of one conversation that are kept in memory. */
const MAX_TURNS = 200;

/** Keeps conversations while the server runs. */
export function memoryConversations(): ConversationStore {
  const kept = new Map<string, { turns: StoredTurn[]; entry: ConversationEntry }>();

  const add = (sessionId: string, turn: StoredTurn): void => {
    const before = kept.get(sessionId);
    kept.delete(sessionId);
    const turns = [...(before?.turns ?? []), turn].slice(-MAX_TURNS);
    const costUsd = (before?.entry.costUsd ?? 0) + costOf(turn);
    const title = before?.entry.title ?? turn.prompt;
    const entry = { sessionId, title, turns: turns.length, updatedAt: new Date().toISOString(), costUsd };
    kept.set(sessionId, { turns, entry });
    if (kept.size > MAX_CONVERSATIONS) kept.delete(kept.keys().next().value!);
  };

  return {
    async list(text) {
      const found = [...kept.values()].reverse();
      const matching = text ? found.filter(({ turns }) => JSON.stringify(turns).includes(text)) : found;
      return matching.map(({ entry }) => entry);
    },
    async read(sessionId) {
      return kept.get(sessionId)?.turns;
    },
    ask(prompt, options, sessionId) {
      const running = query(prompt, { ...options, ...(sessionId !== undefined && { resume: sessionId }) });
      return {
        interrupt: () => running.interrupt(),
        async *[Symbol.asyncIterator]() {
          const messages: Message[] = [];
          try {
            for await (const message of running) {
              if (message.type !== "stream_event") messages.push(message);
              yield message;
            }
          } catch (error) {
            // Whoever aborted it knows; what was said until then is kept below.
            if (!isAborted(error)) throw error;
          } finally {
            const session = sessionOf(messages);
            if (session !== undefined) add(session, { prompt, cwd: String(options.cwd ?? ""), messages });
          }
        },
      };
    },
  };
}

/** The session that a turn's messages belong to. */
export function sessionOf(messages: readonly Message[]): string | undefined {
  const init = messages.find(({ type, subtype }) => type === "system" && subtype === "init");
  return (init as { session_id?: string } | undefined)?.session_id;
}

function costOf({ messages }: StoredTurn): number {
  return paidCost(messages.findLast(isResultMessage) as ResultMessage | undefined);
}
