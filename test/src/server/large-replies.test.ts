import { expect, test } from "vitest";
import type { ConversationStore } from "../../../src/server/conversation-store.js";
import { answer, connect, testServer } from "./test-server.js";

/** A conversation of so many characters in messages. */
function largeConversation(size: number) {
  const counts = { reading: 0, most: 0 };
  const turn = { prompt: "x".repeat(size), messages: [] };
  const conversations: ConversationStore = {
    async list() {
      return [];
    },
    async read() {
      counts.most = Math.max(counts.most, ++counts.reading);
      await new Promise((resolve) => setTimeout(resolve, 5));
      counts.reading--;
      return [turn];
    },
    ask: () => {
      throw new Error("not asked");
    },
  };
  return { conversations, counts };
}

const limits = { maxBufferedBytes: 100_000 };
const get = (id: string) => ({ type: "get_conversation", id, session_id: "s" });

test("a client that reads gets its large history, and what it asks meanwhile, in order", async () => {
  const { conversations } = largeConversation(30_000_000);
  const client = await connect(await testServer([], { conversations, limits }));
  client.send(get("a"));
  client.send(get("b"));
  for (let i = 0; i < 20; i++) client.send({ type: "ping", id: `p${i}` });
  await client.wait(({ id }) => id === "b");
  await client.wait(({ id }) => id === "p19");
  expect(client.messages.filter(({ type }) => type === "pong")).toHaveLength(20);
  expect(client.messages.filter(({ type }) => type === "conversation")).toHaveLength(2);
});

test("a stream goes on after a large reply that it had to wait for", async () => {
  const { conversations } = largeConversation(30_000_000);
  const store = { ...conversations, ask: (await memory()).ask };
  const client = await connect(await testServer(answer, { conversations: store, limits }));
  client.socket.pause();
  client.send(get("a"));
  client.send({ type: "query", id: "q", prompt: "x" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  client.socket.resume();
  expect(await client.wait("query_end")).toMatchObject({ id: "q", data: { outcome: "success" } });
});

test("histories are read one at a time for a client, a few at a time for all, and too many are refused", async () => {
  const { conversations, counts } = largeConversation(100_000);
  const server = await testServer([], { conversations });
  const one = await connect(server);
  for (let i = 0; i < 60; i++) one.send(get(`g${i}`));
  await expect.poll(() => one.messages.length, { timeout: 10_000 }).toBe(61);
  expect(counts.most).toBe(1);
  const refused = one.messages.filter(({ type }) => type === "error");
  expect(refused.length).toBeGreaterThan(0);
  for (const each of refused) expect(each).toMatchObject({ data: { code: "queue_full" } });
  expect(one.messages.filter(({ type }) => type === "conversation").length).toBeGreaterThan(8);

  const clients = await Promise.all(Array.from({ length: 12 }, () => connect(server)));
  for (const client of clients) client.send(get("g"));
  await Promise.all(clients.map((client) => client.wait("conversation")));
  expect(counts.most).toBeLessThanOrEqual(4);
});

test("a client that goes while it waits gives its places back", async () => {
  const { conversations } = largeConversation(30_000_000);
  const server = await testServer([], { conversations, limits });
  for (let i = 0; i < 8; i++) {
    const client = await connect(server);
    client.socket.pause();
    for (const id of ["a", "b", "c"]) client.send(get(id));
    client.socket.terminate();
  }
  const client = await connect(server);
  client.send(get("mine"));
  expect(await client.wait("conversation")).toMatchObject({ id: "mine" });
});

test("a client that never reads its history is disconnected, as a slow reader", async () => {
  const { conversations } = largeConversation(30_000_000);
  const server = await testServer([], { conversations, limits: { ...limits, stallMs: 200 } });
  const client = await connect(server);
  client.socket.pause();
  client.send(get("a"));
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
  await expect.poll(metrics, { timeout: 10_000 }).toContain("claude_slow_readers_total 1");
  client.socket.resume();
  const { code } = await client.closed;
  expect([4008, 1006]).toContain(code);
});

async function memory() {
  const { memoryConversations } = await import("../../../src/server/conversation-store.js");
  return memoryConversations();
}
