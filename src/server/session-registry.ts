import { type ClientSession, createClientSession } from "./client-session.js";
import type { ServerContext } from "./server-context.js";

/** The clients of a server: those that are there, and those that may come back. */
export interface SessionRegistry {
  readonly awayCount: number;
  open(): ClientSession;
  find(id: string): ClientSession | undefined;
  /** Lets go of messages that are kept too long. */
  trim(): void;
  /** Ends all queries of all clients. */
  close(): Promise<void>;
}

export function createSessionRegistry(context: ServerContext): SessionRegistry {
  const sessions = new Map<string, ClientSession>();

  /** Clients that come and go without end leave no more behind than may be there: those that never asked for anything go first. */
  const makeRoom = (): void => {
    const away = [...sessions.values()].filter(({ isAway }) => isAway);
    if (away.length < context.limits.maxConnections) return;
    void (away.find(({ outbox }) => outbox.lastSeq === 0) ?? away[0]!).close();
  };

  return {
    get awayCount() {
      return [...sessions.values()].filter(({ isAway }) => isAway).length;
    },
    open() {
      makeRoom();
      const session = createClientSession(context, ({ id }) => sessions.delete(id));
      sessions.set(session.id, session);
      return session;
    },
    find: (id) => sessions.get(id),
    trim() {
      for (const { outbox } of sessions.values()) outbox.trim();
    },
    async close() {
      await Promise.all([...sessions.values()].map((session) => session.close()));
    },
  };
}
