import { once } from "node:events";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import {
  ClaudeWebSocketServer,
  type ClaudeWebSocketServerOptions,
  type ServerMessage,
} from "../../../src/server/index.js";
import { fakeClaude, type Step, temporaryFolder } from "../fake-claude.js";

/** A server on a free port, closed after the test. Its Claude does these steps for each query. */
export async function testServer(
  steps: readonly Step[] = [],
  options: ClaudeWebSocketServerOptions = {},
): Promise<ClaudeWebSocketServer & { url: string; port: number }> {
  const server = new ClaudeWebSocketServer({
    allowedFolders: [temporaryFolder()],
    queryOptions: fakeClaude(steps),
    ...options,
    limits: { shutdownMs: 0, ...options.limits },
  });
  await server.run({ port: 0 });
  onTestFinished(() => server.close());
  return server as ClaudeWebSocketServer & { url: string; port: number };
}

/** A client without any logic of its own. */
export interface TestClient {
  readonly socket: WebSocket;
  /** What came so far. */
  readonly messages: readonly ServerMessage[];
  /** Resolves with the close code and reason. */
  readonly closed: Promise<{ code: number; reason: string }>;
  send(message: unknown): void;
  /** The first message that fits, waiting for it. */
  wait(fits: string | ((message: ServerMessage) => boolean)): Promise<ServerMessage>;
}

/** @param headers of the upgrade. @throws when the upgrade is refused, with the status in the message. */
export async function connect(
  server: { readonly url: string },
  headers: Record<string, string> = {},
): Promise<TestClient> {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/ws`, { headers });
  const messages: ServerMessage[] = [];
  let arrived = (): void => {};
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)));
    arrived();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => {
      resolve({ code, reason: String(reason) });
      arrived();
    });
  });
  onTestFinished(() => socket.terminate());
  await once(socket, "open");
  return {
    socket,
    messages,
    closed,
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    async wait(fits) {
      const matches = typeof fits === "string" ? ({ type }: ServerMessage) => type === fits : fits;
      for (;;) {
        const found = messages.find(matches);
        if (found) return found;
        if (socket.readyState === socket.CLOSED)
          throw new Error(`Closed; there came ${JSON.stringify(messages)}`);
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
}

const SESSION = "11111111-1111-4111-8111-111111111111";

/** A short answer of the fake CLI. */
export const answer: readonly Step[] = [
  ["say", { type: "system", subtype: "init", session_id: SESSION, tools: [], model: "fake", cwd: "/" }],
  [
    "say",
    { type: "assistant", message: { content: [{ type: "text", text: "Hello." }] }, session_id: SESSION },
  ],
  ["say", result()],
];

export function result(extra: object = {}): object {
  const usage = { input_tokens: 10, output_tokens: 5 };
  return {
    type: "result",
    subtype: "success",
    is_error: false,
    session_id: SESSION,
    result: "Hello.",
    total_cost_usd: 0.5,
    usage,
    ...extra,
  };
}

export const init = answer[0]!;
export const fakeSession = SESSION;
