import type { Message } from "../messages/types.js";
import { createItemQueue, type ItemQueue } from "../process/item-queue.js";
import type { PermissionRequestData, ServerMessage } from "../server/protocol.js";
import { SocketError, socketError } from "./socket-error.js";
import { createSocketLink } from "./socket-link.js";
import type { ClaudeSocketOptions, SocketQueryOptions } from "./socket-options.js";

/** A turn that runs on the server: its messages, as `query()` gives them. Leaving the loop stops it. */
export interface SocketQuery extends AsyncIterable<Message> {
  readonly id: string;
  /** The conversation, once the turn has ended; `continue` goes on with it. */
  readonly sessionId: string | undefined;
  /** Lets Claude stop: what was said so far comes, then the end. */
  interrupt(): void;
}

/** A connection to a Claude server that outlives broken networks. */
export interface ClaudeSocket {
  /** What the server said of itself. @throws SocketError when it cannot be reached, or refuses. */
  readonly ready: Promise<Readonly<Record<string, unknown>>>;
  query(prompt: string, options?: SocketQueryOptions): SocketQuery;
  /** Asks in a conversation what comes next. */
  continue(sessionId: string, prompt: string, options?: SocketQueryOptions): SocketQuery;
  tools(): Promise<Readonly<Record<string, unknown>>>;
  /** @param text only the conversations in which it stands. */
  conversations(text?: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The turns of a conversation: `{ prompt, messages }`. */
  conversation(
    sessionId: string,
  ): Promise<readonly { readonly prompt: string; readonly messages: readonly Message[] }[]>;
  ping(): Promise<void>;
  /** Ends the connection, and the queries that run. */
  close(): void;
}

interface Running {
  readonly queue: ItemQueue<Message>;
  readonly request: object;
  /** Whether the server has said anything about it. */
  isKnown: boolean;
  /** What was said about it and may not have arrived, by what it is about; the server passes over what it has already. */
  readonly unconfirmed: Map<string, object>;
  sessionId: string | undefined;
}

/** What an interruption is kept under, beside the ids of questions. */
const INTERRUPT = "interrupt";

/** Messages between two acknowledgements. */
const ACK_EVERY = 32;

/**
 * Connects to a Claude server, from a page or a program. A connection that breaks is opened again, and goes on exactly where
 * it was.
 *
 * @example
 *     const claude = connectClaude({ url: "ws://127.0.0.1:8000/ws" });
 *     for await (const message of claude.query("Hello, Claude!")) console.log(message.type);
 */
export function connectClaude(options: ClaudeSocketOptions): ClaudeSocket {
  const running = new Map<string, Running>();
  const asked = new Map<
    string,
    { request: object; resolve: (data: never) => void; reject: (error: Error) => void }
  >();
  const questions = new Map<string, AbortController>();
  let lastAck = 0;

  const link = createSocketLink(options, {
    onMessage: receive,
    onResumed() {
      // What the broken connection swallowed; of what the server knows, the messages have come by now.
      for (const { request, isKnown, unconfirmed } of running.values()) {
        if (!isKnown) link.send(request);
        for (const message of unconfirmed.values()) link.send(message);
      }
      for (const { request } of asked.values()) link.send(request);
    },
    onFailed(error) {
      for (const { queue } of running.values()) queue.end(error);
      for (const { reject } of asked.values()) reject(error);
      for (const question of questions.values()) question.abort();
      running.clear();
      asked.clear();
      questions.clear();
      lastAck = 0;
    },
  });

  function receive(message: ServerMessage): void {
    const { type, id = "", seq, data } = message;
    if (seq !== undefined && seq - lastAck >= ACK_EVERY) {
      lastAck = seq;
      link.send({ type: "ack", seq });
    }
    const query = running.get(id);
    if (query) query.isKnown = true;
    if (type === "interrupt_acknowledged") query?.unconfirmed.delete(INTERRUPT);
    if (type === "permission_request") void answer(id, data as PermissionRequestData);
    else if (type === "permission_cancelled") withdraw(query, (data as PermissionRequestData).request_id);
    else if (type === "error") fail(id, data);
    else if (type === "query_end" && query) finish(id, query, data);
    else if (query && (type === "stream_event" || type.endsWith("_message")))
      query.queue.push(data as Message);
    else settle(id, data);
  }

  function withdraw(query: Running | undefined, requestId: string): void {
    query?.unconfirmed.delete(requestId);
    questions.get(requestId)?.abort();
  }

  function finish(id: string, query: Running, data: unknown): void {
    query.sessionId = (data as { session_id?: string }).session_id;
    running.delete(id);
    query.queue.end();
  }

  function fail(id: string, data: unknown): void {
    const error = socketError(data);
    const query = running.get(id);
    // The query was sent again after the connection broke, and the server had it already.
    if (query && error.code === "duplicate_id") return;
    if (query) {
      running.delete(id);
      query.queue.end(error);
    }
    asked.get(id)?.reject(error);
    asked.delete(id);
  }

  function settle(id: string, data: unknown): void {
    asked.get(id)?.resolve(data as never);
    asked.delete(id);
  }

  async function answer(queryId: string, data: PermissionRequestData): Promise<void> {
    const withdrawn = new AbortController();
    questions.set(data.request_id, withdrawn);
    const reply = await decide(queryId, data, withdrawn.signal);
    questions.delete(data.request_id);
    if (withdrawn.signal.aborted) return;
    const message = { type: "permission_response", request_id: data.request_id, ...reply };
    const query = running.get(queryId);
    query?.unconfirmed.set(data.request_id, message);
    link.send(message, { again: query !== undefined });
  }

  async function decide(queryId: string, data: PermissionRequestData, signal: AbortSignal) {
    if (!options.onPermission) return { behavior: "deny", message: "This client approves nothing." };
    try {
      return await options.onPermission({ ...data, queryId: queryId || undefined, signal });
    } catch (error) {
      return { behavior: "deny", message: error instanceof Error ? error.message : String(error) };
    }
  }

  function start(request: object): SocketQuery {
    const id = newId();
    const queue = createItemQueue<Message>();
    const query: Running = {
      queue,
      request: { ...request, id },
      isKnown: false,
      unconfirmed: new Map(),
      sessionId: undefined,
    };
    running.set(id, query);
    link.send(query.request, { again: true });
    const interrupt = (): void => {
      if (!running.has(id)) return;
      const message = { type: "interrupt", id };
      query.unconfirmed.set(INTERRUPT, message);
      link.send(message, { again: true });
    };
    return {
      id,
      get sessionId() {
        return query.sessionId;
      },
      interrupt,
      async *[Symbol.asyncIterator]() {
        try {
          yield* queue;
        } finally {
          // The reader has left early; of a turn that has ended nothing is running.
          interrupt();
        }
      },
    };
  }

  function ask<T>(request: object): Promise<T> {
    const id = newId();
    return new Promise<T>((resolve, reject) => {
      asked.set(id, { request: { ...request, id }, resolve, reject });
      link.send({ ...request, id }, { again: true });
    });
  }

  return {
    ready: link.ready,
    query: (prompt, given) => start({ type: "query", prompt, ...(given && { options: given }) }),
    continue: (session_id, prompt, given) =>
      start({ type: "continue", session_id, prompt, ...(given && { options: given }) }),
    tools: () => ask({ type: "get_tools" }),
    async conversations(text) {
      type Answer = { conversations: readonly Readonly<Record<string, unknown>>[] };
      return (await ask<Answer>({ type: "list_conversations", ...(text && { text }) })).conversations;
    },
    async conversation(session_id) {
      type Answer = { turns: readonly { prompt: string; messages: readonly Message[] }[] };
      return (await ask<Answer>({ type: "get_conversation", session_id })).turns;
    },
    ping: async () => void (await ask({ type: "ping" })),
    close: () => link.close(new SocketError("closed", "The connection was closed.")),
  };
}

/** `crypto.randomUUID` exists on secure pages only. */
function newId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
