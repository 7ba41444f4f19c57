import { randomUUID } from "node:crypto";
import type { ClientSession } from "./client-session.js";
import type { ClientMessage, ClientMessageType, ServerMessage } from "./protocol.js";
import type { ServerContext } from "./server-context.js";
import { ServerError } from "./server-error.js";
import type { SessionRegistry } from "./session-registry.js";

/** One WebSocket, as the handlers see it. */
export interface ClientConnection {
  readonly remoteAddress: string;
  readonly context: ServerContext;
  readonly sessions: SessionRegistry;
  readonly session: ClientSession;
  /** Sends a message about the connection itself, which has no number. Resolves once the client takes it, or is gone. */
  reply(message: ServerMessage): Promise<void>;
  /** Does work that takes much memory when it is its turn. @throws ServerError `queue_full` */
  readHistory(work: () => Promise<void>): Promise<void>;
  /** Goes on with another session's stream, after the message of this number, which must be kept. */
  takeOver(session: ClientSession, after: number): void;
}

type Handler<Type extends ClientMessageType> = (
  message: ClientMessage<Type>,
  connection: ClientConnection,
) => void | Promise<void>;

/** What each message of a client does, once the client is known. What a handler throws is told to the client. */
export const handlers: { readonly [Type in ClientMessageType]: Handler<Type> } = {
  auth: () => {
    throw new ServerError("bad_message", "This connection needs no token, or has shown it already.");
  },
  query: ({ id = randomUUID(), prompt, options }, { session, remoteAddress }) =>
    session.start({ id, prompt, options, remoteAddress }),
  continue: ({ id = randomUUID(), prompt, options, session_id }, { session, remoteAddress }) =>
    session.start({ id, prompt, options, remoteAddress, sessionId: session_id }),
  interrupt({ id }, { session, reply }) {
    const ids = session.interrupt(id);
    void reply({ type: "interrupt_acknowledged", ...(id !== undefined && { id }), data: { ids } });
  },
  permission_response: (message, { session }) => session.permissions.answer(message),
  get_tools({ id }, { reply, context }) {
    const { rules, options } = context;
    const builtIn = rules.tools.filter((name) => !name.startsWith("mcp__")).map((name) => ({ name }));
    const offered = (options.offeredTools?.list() ?? []).map((tool) => ({
      ...tool,
      name: `mcp__${options.offeredTools!.server.name}__${tool.name}`,
    }));
    void reply({
      type: "tools_list",
      ...withId(id),
      data: { tools: [...builtIn, ...offered], allowed: rules.allowedTools },
    });
  },
  list_conversations: ({ id, text }, { reply, readHistory, context }) =>
    readHistory(async () => {
      const conversations = await context.conversations.list(text);
      await reply({ type: "conversations", ...withId(id), data: { conversations } });
    }),
  get_conversation: ({ id, session_id }, { reply, readHistory, context }) =>
    readHistory(async () => {
      const turns = await context.conversations.read(session_id);
      if (!turns)
        throw new ServerError("unknown_session", `There is no session ${JSON.stringify(session_id)}.`);
      await reply({ type: "conversation", ...withId(id), data: { session_id, turns } });
    }),
  resume({ id, session_id, last_seq }, connection) {
    const { session, sessions, context, reply } = connection;
    if (session.outbox.lastSeq > 0) {
      throw new ServerError("bad_message", "A stream can be resumed before anything else is asked.");
    }
    const earlier = sessions.find(session_id);
    if (!earlier || earlier === session) {
      throw new ServerError(
        "resume_failed",
        `There is no stream ${JSON.stringify(session_id)}, or no longer.`,
      );
    }
    if (!earlier.outbox.keepsAfter(last_seq)) {
      throw new ServerError("resume_failed", `What came after message ${last_seq} is no longer kept.`);
    }
    context.metrics.count("claude_resumed_total");
    void reply({
      type: "resumed",
      ...withId(id),
      data: { session_id, missed: earlier.outbox.lastSeq - last_seq },
    });
    connection.takeOver(earlier, last_seq);
  },
  ack: ({ seq }, { session }) => session.outbox.acknowledge(seq),
  ping: ({ id }, { reply }) => void reply({ type: "pong", ...withId(id) }),
};

function withId(id: string | undefined): { id?: string } {
  return id === undefined ? {} : { id };
}
