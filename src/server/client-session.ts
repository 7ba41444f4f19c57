import { randomUUID } from "node:crypto";
import { createOutbox, type MessageSocket, type Outbox } from "./outbox.js";
import { createPermissionDesk, type PermissionDesk } from "./permission-desk.js";
import type { ServerContext } from "./server-context.js";
import { ServerError } from "./server-error.js";
import { type QueryRequest, type ServerQuery, startServerQuery } from "./server-query.js";

/** One client: its queries and its stream of messages. It outlives a connection that breaks. */
export interface ClientSession {
  /** Cannot be guessed: who knows it may go on with the stream. */
  readonly id: string;
  readonly outbox: Outbox;
  readonly permissions: PermissionDesk;
  readonly isAway: boolean;
  /** Begins a query. @throws ServerError when it may not run. */
  start(request: QueryRequest): Promise<void>;
  /** @param id undefined for all. @returns the ids of the queries that are stopped. */
  interrupt(id: string | undefined): string[];
  /** @param disconnect closes the connection: the client does not read, or is there over another one. */
  attach(socket: MessageSocket, after: number, disconnect: (why: DisconnectReason) => void): void;
  /** Whether it is this connection that the client is there over; another one may have taken its place. */
  isServedBy(disconnect: (why: DisconnectReason) => void): boolean;
  /** The connection broke: the client may come back for a while. */
  detach(): void;
  /** The client will not come back: its queries end, and their processes with them. */
  close(): Promise<void>;
}

export type DisconnectReason = "slow_reader" | "replaced";

/** @param onClosed called when nothing of the session is left. */
export function createClientSession(
  context: ServerContext,
  onClosed: (session: ClientSession) => void,
): ClientSession {
  const { limits, metrics } = context;
  const queries = new Map<string, ServerQuery | undefined>();
  /** Queries that were interrupted before they had begun. */
  const stopped = new Set<string>();
  let disconnect: ((why: DisconnectReason) => void) | undefined;
  let away: NodeJS.Timeout | undefined;
  let closing: Promise<void> | undefined;

  const outbox = createOutbox(limits, () => {
    metrics.count("claude_slow_readers_total");
    disconnect?.("slow_reader");
  });
  const emit = (message: object): void => {
    metrics.count("claude_messages_sent_total");
    outbox.send(message);
  };
  const permissions = createPermissionDesk(emit, context);

  const session: ClientSession = {
    id: randomUUID(),
    outbox,
    permissions,
    get isAway() {
      return disconnect === undefined;
    },
    async start(request) {
      const { id } = request;
      if (queries.has(id)) {
        throw new ServerError("duplicate_id", `A query of the id ${JSON.stringify(id)} is still running.`);
      }
      if (queries.size >= limits.maxQueriesPerClient) {
        const message = `One client may have ${limits.maxQueriesPerClient} queries at once.`;
        throw new ServerError("queue_full", message);
      }
      // Taken before anything is waited for, so that a second message cannot have the same id.
      queries.set(id, undefined);
      try {
        const sink = { emit, room: outbox.room, ask: permissions.askFor(id) };
        const query = await startServerQuery(request, sink, context);
        queries.set(id, query);
        void query.done.finally(() => queries.delete(id));
        if (stopped.delete(id)) query.interrupt();
        if (closing) await query.end();
      } catch (error) {
        queries.delete(id);
        stopped.delete(id);
        throw error;
      }
    },
    interrupt(id) {
      const wanted = [...queries].filter(([each]) => id === undefined || each === id);
      if (id !== undefined && wanted.length === 0) {
        throw new ServerError("unknown_query", `No query of the id ${JSON.stringify(id)} is running.`);
      }
      for (const [each, query] of wanted) {
        if (query) query.interrupt();
        else stopped.add(each);
      }
      return wanted.map(([each]) => each);
    },
    attach(socket, after, onDisconnect) {
      const before = disconnect;
      clearTimeout(away);
      disconnect = onDisconnect;
      outbox.attach(socket, after);
      before?.("replaced");
    },
    isServedBy: (other) => disconnect === other,
    detach() {
      disconnect = undefined;
      outbox.detach();
      clearTimeout(away);
      away = setTimeout(() => void session.close(), limits.resumeMs);
      away.unref();
    },
    close() {
      closing ??= end();
      return closing;
    },
  };
  return session;

  async function end(): Promise<void> {
    clearTimeout(away);
    permissions.close();
    outbox.close();
    await Promise.all([...queries.values()].map((query) => query?.end()));
    onClosed(session);
  }
}
