import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage, JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import type { Fields, RequestHandler } from "../control/control-channel.js";
import type { SdkMcpServer, SdkMcpServerInstance } from "./create-sdk-mcp-server.js";

export type InProcessServer = SdkMcpServer | SdkMcpServerInstance;

/** Whether a server of the option `mcpServers` runs in this process. */
export function isInProcess(server: unknown): server is InProcessServer {
  const { type, instance, open } = (server ?? {}) as Fields;
  return (
    type === "sdk" && (typeof open === "function" || (typeof instance === "object" && instance !== null))
  );
}

/** Carries JSON-RPC between the CLI's `mcp_message` requests and the servers of this process. */
export interface McpBridge {
  readonly answer: RequestHandler;
  /** Adds a server, in place of the one of its name, whose link is closed. */
  add(name: string, server: InProcessServer): void;
  /** The server of a name. */
  get(name: string): InProcessServer | undefined;
  /** Takes a server away and closes its link. */
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param toCli sends what a server says unasked: notifications and requests of its own.
 * @param elicit answers a server's question to the user, given as the CLI gives those of other servers. The CLI passes on no
 * questions of servers in this process.
 */
export function createMcpBridge(
  toCli: (serverName: string, message: JSONRPCMessage) => void,
  elicit: RequestHandler,
): McpBridge {
  const servers = new Map<string, InProcessServer>();
  const links = new Map<string, Promise<ServerLink>>();

  const link = (name: string): Promise<ServerLink> => {
    const server = servers.get(name);
    if (!server) throw new Error(`There is no server ${name} in this process.`);
    const known =
      links.get(name) ??
      openLink(
        server,
        (message) => toCli(name, message),
        (params, incoming) => elicit({ mcp_server_name: name, ...params }, incoming),
      );
    links.set(name, known);
    return known;
  };

  const remove = async (name: string): Promise<void> => {
    const link = links.get(name);
    links.delete(name);
    servers.delete(name);
    const opened = await link?.catch(() => undefined);
    await opened?.close();
  };

  return {
    add(name, server) {
      // What the old one says in farewell is of no interest.
      if (servers.get(name) !== server) void remove(name).catch(() => {});
      servers.set(name, server);
    },
    get: (name) => servers.get(name),
    remove,
    async answer(request, { signal }) {
      const { send } = await link(String(request.server_name));
      return { mcp_response: await send(offerElicitation(request.message as JSONRPCMessage), signal) };
    },
    async close() {
      const opened = await Promise.allSettled(links.values());
      await Promise.all(
        opened.map((result) => (result.status === "fulfilled" ? result.value.close() : undefined)),
      );
    },
  };
}

interface ServerLink {
  send(message: JSONRPCMessage, signal: AbortSignal): Promise<JSONRPCMessage>;
  close(): Promise<void>;
}

async function openLink(
  source: InProcessServer,
  unasked: (message: JSONRPCMessage) => void,
  elicit: RequestHandler,
): Promise<ServerLink> {
  const server = "open" in source ? await source.open() : source.instance;
  const waiting = new Map<string | number, (answer: JSONRPCMessage) => void>();
  const closed = new AbortController();
  const answerQuestion = async ({ id, params }: JSONRPCRequest): Promise<void> => {
    const { message, mode, url, elicitationId, requestedSchema } = (params ?? {}) as Fields;
    const asked = { message, mode, url, elicitation_id: elicitationId, requested_schema: requestedSchema };
    const result = await elicit(asked, { requestId: String(id), signal: closed.signal });
    transport.onmessage?.({ jsonrpc: "2.0", id, result });
  };
  const transport: Transport = {
    start: async () => {},
    async send(message) {
      const settle = isResponse(message) ? waiting.get(message.id as string | number) : undefined;
      if (settle) settle(message);
      else if (isRequest(message) && message.method === "elicitation/create") void answerQuestion(message);
      else if (!isResponse(message)) unasked(message);
    },
    close: async () => transport.onclose?.(),
  };
  await server.connect(transport);
  return {
    send(message, signal) {
      // A notification, or an answer to a request of the server's own: the CLI only wants to know that it has arrived.
      if (!isRequest(message)) {
        transport.onmessage?.(message);
        return Promise.resolve({ jsonrpc: "2.0", result: {}, id: 0 });
      }
      const { id } = message;
      return new Promise((resolve) => {
        waiting.set(id, (answer) => {
          waiting.delete(id);
          resolve(answer);
        });
        signal.addEventListener(
          "abort",
          () => {
            waiting.delete(id);
            const params = { requestId: id, reason: "The call was withdrawn." };
            transport.onmessage?.({ jsonrpc: "2.0", method: "notifications/cancelled", params });
          },
          { once: true },
        );
        transport.onmessage?.(message);
      });
    },
    close() {
      closed.abort();
      return server.close();
    },
  };
}

/** Adds to the CLI's greeting that questions to the user can be answered: see `elicit`. */
function offerElicitation(message: JSONRPCMessage): JSONRPCMessage {
  if (!isRequest(message) || message.method !== "initialize") return message;
  const { capabilities, ...params } = (message.params ?? {}) as Fields;
  const elicitation = { form: {}, url: {} };
  return { ...message, params: { ...params, capabilities: { elicitation, ...(capabilities as object) } } };
}

function isRequest(message: JSONRPCMessage): message is JSONRPCRequest {
  return "method" in message && "id" in message;
}

function isResponse(message: JSONRPCMessage): message is Exclude<JSONRPCMessage, { method: string }> {
  return !("method" in message);
}
