import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import type { Message } from "../../../src/index.js";
import {
  type ClaudeSocketOptions,
  connectClaude,
  type SocketLike,
} from "../../../src/socket-client/index.js";
import { answer, fakeSession, init, result, testServer } from "../server/test-server.js";

/** The sockets that a client opens, so that a test can break them. */
function breakable() {
  const sockets: WebSocket[] = [];
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  return { sockets, WebSocket: Socket as unknown as new (url: string) => SocketLike };
}

function connect(url: string, options: Partial<ClaudeSocketOptions> = {}) {
  const claude = connectClaude({ url, WebSocket: WebSocket as never, retryDelayMs: 10, ...options });
  onTestFinished(() => claude.close());
  return claude;
}

async function read(messages: AsyncIterable<Message>): Promise<Message[]> {
  const all: Message[] = [];
  for await (const message of messages) all.push(message);
  return all;
}

test("reads a turn like that of query(), and goes on with its conversation", async () => {
  const { url } = await testServer([...answer.slice(0, 2), ["wait", 50], answer[2]!]);
  const claude = connect(url);
  const turn = claude.query("Hello");
  expect((await read(turn)).map(({ type }) => type)).toEqual(["system", "assistant", "result"]);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('claude_queries_total{outcome="success"} 1');
  expect(turn.sessionId).toBe(fakeSession);
  await read(claude.continue(turn.sessionId!, "Again"));
  expect(await claude.conversations()).toMatchObject([{ sessionId: fakeSession, turns: 2 }]);
  expect(await claude.conversation(fakeSession)).toMatchObject([{ prompt: "Hello" }, { prompt: "Again" }]);
});

test("loses nothing, doubles nothing and keeps the order when its connection breaks again and again", async () => {
  const count = 300;
  const pieces = Array.from({ length: 6 }, () => [
    ["many", count / 6] as const,
    ["wait", 60] as const,
  ]).flat();
  const { url } = await testServer([init, ...pieces, ["say", result()]]);
  const { sockets, WebSocket: Socket } = breakable();
  const claude = connect(url, { WebSocket: Socket });
  const numbers: unknown[] = [];
  let broken = 0;
  for await (const message of claude.query("Count")) {
    if (message.type !== "numbered") continue;
    numbers.push(message.n);
    if (numbers.length % 70 === 0) {
      broken++;
      sockets.at(-1)!.terminate();
    }
  }
  expect(numbers).toEqual(Array.from({ length: count }, (_, i) => i % (count / 6)));
  expect(broken).toBe(4);
  expect(sockets.length).toBeGreaterThanOrEqual(4);
});

test("sends again what was asked while the connection was broken", async () => {
  const { url } = await testServer(answer);
  const { sockets, WebSocket: Socket } = breakable();
  const claude = connect(url, { WebSocket: Socket });
  await claude.ready;
  sockets[0]!.terminate();
  const [messages, tools] = await Promise.all([read(claude.query("Hello")), claude.tools()]);
  expect(messages.at(-1)).toMatchObject({ type: "result" });
  expect(tools).toMatchObject({ allowed: expect.arrayContaining(["Read"]) });
});

test("an interruption that the broken connection swallowed is sent again", async () => {
  const { url } = await testServer([init, ["wait", 60_000]]);
  const { sockets, WebSocket: Socket } = breakable();
  const claude = connect(url, { WebSocket: Socket });
  const turn = claude.query("x");
  const messages = turn[Symbol.asyncIterator]();
  await messages.next();
  // A network that takes everything and passes on nothing.
  sockets[0]!.send = () => {};
  turn.interrupt();
  sockets[0]!.terminate();
  expect(await messages.next()).toMatchObject({ done: true });
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('outcome="interrupted"} 1');
});

test("an approval that the broken connection swallowed is sent again", async () => {
  const request = { subtype: "can_use_tool", tool_name: "Bash", input: { command: "ls" }, tool_use_id: "t" };
  const { url } = await testServer([
    init,
    ["say", { type: "control_request", request_id: "p", request }],
    ["until", { type: "control_response", response: { response: { behavior: "allow" } } }],
    ["say", result()],
  ]);
  const { sockets, WebSocket: Socket } = breakable();
  const onPermission = () => {
    sockets[0]!.send = () => {};
    setTimeout(() => sockets[0]!.terminate(), 50);
    return { behavior: "allow" as const };
  };
  const claude = connect(url, { WebSocket: Socket, onPermission });
  expect((await read(claude.query("x"))).map(({ type }) => type)).toEqual(["system", "result"]);
});

test("leaving the loop stops the turn", async () => {
  const { url } = await testServer([
    init,
    ["until", { type: "control_request", request: { subtype: "interrupt" } }],
    ["say", result({ is_error: true })],
  ]);
  const claude = connect(url);
  for await (const _ of claude.query("Hello")) break;
  const metrics = async () => (await fetch(`${url}/metrics`)).text();
  await expect.poll(metrics, { timeout: 10_000 }).toContain('outcome="interrupted"} 1');
});

test("a query that is refused throws the server's error, with its code and facts", async () => {
  const { url } = await testServer(answer);
  const claude = connect(url);
  const asked = read(claude.query("Hello", { env: { PATH: "" } } as never));
  await expect(asked).rejects.toMatchObject({
    name: "SocketError",
    code: "option_refused",
    facts: { option: "env" },
  });
  await expect(claude.conversation("nothing")).rejects.toMatchObject({ code: "unknown_session" });
});

test("a token goes in the first message; a wrong one is final", async () => {
  const token = "a-token-that-is-long-enough";
  const { url } = await testServer(answer, { token });
  await read(connect(url, { token }).query("Hello"));
  await expect(connect(url, { token: "wrong" }).ready).rejects.toMatchObject({ code: "unauthorized" });
  await expect(connect(url).ready).rejects.toMatchObject({ code: "unauthorized" });
});

test("a server that cannot be reached is given up after some tries, and whoever waits learns it", async () => {
  const server = await testServer(answer);
  const statuses: string[] = [];
  const claude = connect(server.url, { retries: 2, onStatus: (status) => statuses.push(status) });
  await claude.ready;
  await server.close();
  await expect(claude.tools()).rejects.toMatchObject({ code: "connection_lost" });
  expect(statuses.at(-1)).toBe("closed");
});

test("a server that was restarted does not know the stream: running queries fail", async () => {
  const first = await testServer([init, ["wait", 60_000]]);
  const claude = connect(first.url, { retries: 20 });
  const asked = read(claude.query("Hello"));
  asked.catch(() => {});
  await claude.ping();
  const { port } = first;
  await first.close();
  const { ClaudeWebSocketServer } = await import("../../../src/server/index.js");
  const second = new ClaudeWebSocketServer();
  onTestFinished(() => second.close());
  await second.run({ port });
  await expect(asked).rejects.toMatchObject({ code: expect.stringMatching(/resume_failed|connection_lost/) });
});
