import type { RawData, WebSocket } from "ws";
import type { ClientSession, DisconnectReason } from "./client-session.js";
import { createHistoryDesk } from "./history-desk.js";
import { type ClientConnection, handlers } from "./message-handlers.js";
import type { MessageSocket } from "./outbox.js";
import { type ClientMessage, closeCodes, type ServerMessage } from "./protocol.js";
import { createRateLimit } from "./rate-limit.js";
import { readClientMessage } from "./read-client-message.js";
import { createReplyQueue } from "./reply-queue.js";
import type { ServerContext } from "./server-context.js";
import { errorData, ServerError } from "./server-error.js";
import type { SessionRegistry } from "./session-registry.js";
import { isSameToken } from "./token.js";

/** Close reasons may have 123 bytes. */
const MAX_REASON_BYTES = 123;

/** How long a client may take to answer a close frame before its connection is cut, in ms. */
const CLOSE_PATIENCE_MS = 2_000;

/** Messages that are refused for their rate before the client is disconnected. */
const MAX_REFUSED_IN_A_ROW = 100;

/** Serves a WebSocket until it closes. @param isKnown whether the upgrade carried the token already. */
export function serveConnection(
  socket: WebSocket,
  remoteAddress: string,
  isKnown: boolean,
  context: ServerContext,
  sessions: SessionRegistry,
): void {
  const { limits, metrics, options } = context;
  const rate = createRateLimit(limits.messageRate);
  let session: ClientSession | undefined;
  let refused = 0;
  const wire: MessageSocket = {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    get isOpen() {
      return socket.readyState === socket.OPEN;
    },
    send: (text, done) => socket.send(text, done),
  };
  const close = (code: number, reason: string): void => {
    socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON_BYTES).toString());
    setTimeout(() => socket.terminate(), CLOSE_PATIENCE_MS).unref();
  };
  const disconnect = (why: DisconnectReason): void => {
    if (why === "replaced") close(closeCodes.replaced, "The stream goes on over another connection.");
    else {
      context.logger?.warn({ remoteAddress }, "A client was disconnected: it did not read.");
      session?.detach();
      session = undefined;
      close(closeCodes.slowReader, "slow_reader: the messages were not read; connect again and resume.");
    }
  };
  const replies = createReplyQueue(
    wire,
    limits,
    () => {
      metrics.count("claude_slow_readers_total");
      disconnect("slow_reader");
    },
    () => session?.outbox.resume(),
  );
  const reply = (message: ServerMessage): Promise<void> => replies.send(JSON.stringify(message));
  const tell = (error: unknown, id?: string): void => {
    const data = errorData(error);
    if (data.code === "internal_error") context.logger?.error({ err: error }, "A message failed.");
    metrics.count("claude_errors_total", 1, { code: data.code });
    const ownId = id ?? (typeof data.id === "string" ? data.id : undefined);
    void reply({ type: "error", ...(ownId !== undefined && { id: ownId }), data });
  };
  const open = (): void => {
    session = sessions.open();
    session.attach(replies.socket, 0, disconnect);
    void reply({
      type: "connection_established",
      data: { session_id: session.id, ...capabilities(context) },
    });
  };
  const gone = new AbortController();
  const connection: ClientConnection = {
    remoteAddress,
    context,
    sessions,
    get session() {
      return session!;
    },
    reply,
    readHistory: createHistoryDesk(context.historyPlaces, gone.signal),
    takeOver(other, after) {
      const fresh = session!;
      session = other;
      other.attach(replies.socket, after, disconnect);
      void fresh.close();
    },
  };

  const login = setTimeout(() => {
    tell(new ServerError("unauthorized", "No token came."));
    close(closeCodes.unauthorized, "unauthorized");
  }, limits.loginMs);
  const isAuthorized = (message: ClientMessage): boolean => {
    const token = message.type === "auth" ? message.token : undefined;
    return token !== undefined && isSameToken(token, options.token ?? "");
  };
  if (isKnown) {
    clearTimeout(login);
    open();
  } else void reply({ type: "auth_required" });

  async function receive(data: RawData, isBinary: boolean): Promise<void> {
    metrics.count("claude_messages_received_total");
    if (!rate.take()) {
      // Told at once, not by throwing: messages that came in one piece are all received before what they throw is caught.
      if (++refused > MAX_REFUSED_IN_A_ROW) close(closeCodes.policy, "rate_limited");
      else tell(new ServerError("rate_limited", "There were too many messages; wait a moment."));
      return;
    }
    refused = 0;
    if (isBinary) throw new ServerError("bad_message", "Messages are text, not binary.");
    const message = readClientMessage(String(data));
    if (session === undefined) {
      clearTimeout(login);
      if (!isAuthorized(message)) {
        tell(new ServerError("unauthorized", "The token is missing or wrong: send it as the first message."));
        close(closeCodes.unauthorized, "unauthorized");
        return;
      }
      open();
      return;
    }
    try {
      await handlers[message.type](message as never, connection);
    } catch (error) {
      tell(error, message.id);
    }
  }

  socket.on("message", (data: RawData, isBinary: boolean) => {
    if (socket.readyState === socket.OPEN) receive(data, isBinary).catch((error: unknown) => tell(error));
  });
  socket.on("ping", () => {
    if (!rate.take() && ++refused > MAX_REFUSED_IN_A_ROW) close(closeCodes.policy, "rate_limited");
  });
  socket.on("close", (code: number) => {
    clearTimeout(login);
    gone.abort();
    replies.close();
    const left = session;
    session = undefined;
    if (!left?.isServedBy(disconnect)) return;
    // 1000 is a client that has finished; everything else may be a page that loads again or a network that broke.
    if (code === closeCodes.normal) void left.close();
    else left.detach();
  });
}

function capabilities({ options, rules, limits }: ServerContext): object {
  return {
    capabilities: {
      concurrent_queries: true,
      interrupt_query: true,
      permission_requests: true,
      resume: true,
      tool_definition: false,
    },
    permission_mode: options.permissionMode ?? "default",
    tools: rules.tools,
    allowed_tools: rules.allowedTools,
    resume_ms: limits.resumeMs,
    max_message_bytes: limits.maxMessageBytes,
  };
}
