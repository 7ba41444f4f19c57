import type { Message } from "../messages/types.js";

/** A conversation as a client's list shows it. */
export interface ConversationEntry {
  readonly sessionId: string;
  /** Its first prompt. */
  readonly title: string;
  readonly turns: number;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly costUsd: number;
}

/** One question and what came of it. */
export interface ConversationTurn {
  readonly prompt: string;
  /** The working folder: a session can be resumed there only. */
  readonly cwd?: string | undefined;
  /** Whole messages, without those that stream. */
  readonly messages: readonly Message[];
}

/** Where the server's conversations are kept. A client can go on with these, and with no others. */
export interface ConversationStore {
  /** The latest first. @param text only those in which it stands. */
  list(text?: string): Promise<readonly ConversationEntry[]>;
  /** Undefined for a session that is not one of the server's. */
  read(sessionId: string): Promise<readonly ConversationTurn[] | undefined>;
  add(sessionId: string, turn: ConversationTurn): Promise<void>;
}

/** Conversations that are kept in memory; the one that was idle longest goes when there are more. */
const MAX_CONVERSATIONS = 100;

/** Turns of one conversation that are kept in memory. */
const MAX_TURNS = 200;

/** Keeps conversations while the server runs. */
export function memoryConversations(): ConversationStore {
  const kept = new Map<string, { turns: ConversationTurn[]; entry: ConversationEntry }>();
  return {
    async list(text) {
      const found = [...kept.values()].reverse();
      const matching = text ? found.filter(({ turns }) => JSON.stringify(turns).includes(text)) : found;
      return matching.map(({ entry }) => entry);
    },
    async read(sessionId) {
      return kept.get(sessionId)?.turns;
    },
    async add(sessionId, turn) {
      const before = kept.get(sessionId);
      kept.delete(sessionId);
      const turns = [...(before?.turns ?? []), turn].slice(-MAX_TURNS);
      const costUsd = (before?.entry.costUsd ?? 0) + costOf(turn);
      const title = before?.entry.title ?? turn.prompt;
      const entry = { sessionId, title, turns: turns.length, updatedAt: new Date().toISOString(), costUsd };
      kept.set(sessionId, { turns, entry });
      if (kept.size > MAX_CONVERSATIONS) kept.delete(kept.keys().next().value!);
    },
  };
}

function costOf({ messages }: ConversationTurn): number {
  const cost = messages.findLast(({ type }) => type === "result") as { total_cost_usd?: number } | undefined;
  return cost?.total_cost_usd ?? 0;
}
