import { expect, test } from "vitest";
import { eventually, lives } from "../fake-claude.js";
import { answer, connect, init, result, testServer } from "./test-server.js";

const many = (count: number) => [init, ["many", count], ["say", result()]] as const;
const seqs = (messages: readonly { seq?: number | undefined }[]) => messages.flatMap(({ seq }) => seq ?? []);

test("a client that comes back gets what it has missed, each message once and in order", async () => {
  const server = await testServer([init, ["many", 50], ["wait", 300], ["many", 50], ["say", result()]]);
  const first = await connect(server);
  const { session_id } = (await first.wait("connection_established")).data as { session_id: string };
  first.send({ type: "query", id: "q", prompt: "x" });
  await first.wait(({ seq }) => seq === 20);
  first.socket.terminate();
  const had = 20;

  const second = await connect(server);
  second.send({ type: "resume", session_id, last_seq: had });
  expect((await second.wait("resumed")).data).toMatchObject({ session_id });
  const end = await second.wait("query_end");
  expect(end).toMatchObject({ id: "q", data: { outcome: "success" } });
  expect(seqs(second.messages)).toEqual(Array.from({ length: end.seq! - had }, (_, i) => had + 1 + i));
});

test("a stream goes on over the new connection when the old one still seems open", async () => {
  const server = await testServer([init, ["wait", 300], ["say", result()]]);
  const first = await connect(server);
  const { session_id } = (await first.wait("connection_established")).data as { session_id: string };
  first.send({ type: "query", prompt: "x" });
  await first.wait("system_message");
  const second = await connect(server);
  second.send({ type: "resume", session_id, last_seq: 1 });
  await second.wait("query_end");
  expect(await first.closed).toMatchObject({ code: 4009 });
});

test("a stream that is not there, or no longer whole, cannot be resumed", async () => {
  const server = await testServer(many(400), { limits: { keptBytes: 2_000 } });
  const first = await connect(server);
  const { session_id } = (await first.wait("connection_established")).data as { session_id: string };
  first.send({ type: "query", prompt: "x" });
  await first.wait("query_end");
  first.socket.terminate();
  const second = await connect(server);
  second.send({ type: "resume", session_id, last_seq: 3 });
  expect(await second.wait("error")).toMatchObject({ data: { code: "resume_failed" } });
  second.send({ type: "resume", id: "r", session_id: "0", last_seq: 0 });
  expect(await second.wait(({ id }) => id === "r")).toMatchObject({ data: { code: "resume_failed" } });
});

test("a client that is gone mid-answer ends its CLI, and what that started, once it may not come back any more", async () => {
  const server = await testServer([init, ["child"], ["wait", 60_000]], { limits: { resumeMs: 300 } });
  const client = await connect(server);
  client.send({ type: "query", prompt: "x" });
  const { pid } = (await client.wait("child_message")).data as { pid: number };
  expect(lives(pid)).toBe(true);
  client.socket.terminate();
  expect(await eventually(() => !lives(pid), 20_000)).toBe(true);
});

test("clients that come and go without end leave no more than may be there, and take nothing from one that asked", async () => {
  const server = await testServer(answer, { limits: { maxConnections: 3 } });
  const first = await connect(server);
  const { session_id } = (await first.wait("connection_established")).data as { session_id: string };
  first.send({ type: "query", prompt: "x" });
  await first.wait("query_end");
  first.socket.terminate();
  for (let i = 0; i < 10; i++) {
    const client = await connect(server);
    await client.wait("connection_established");
    client.socket.terminate();
  }
  await expect
    .poll(async () => (await fetch(`${server.url}/metrics`)).text())
    .toMatch(/claude_connections 0[\s\S]*claude_clients_away [1-3]\n/);
  const again = await connect(server);
  again.send({ type: "resume", session_id, last_seq: 0 });
  await again.wait("query_end");
});

test("a client that says goodbye ends its CLI at once", async () => {
  const server = await testServer([init, ["child"], ["wait", 60_000]]);
  const client = await connect(server);
  client.send({ type: "query", prompt: "x" });
  const { pid } = (await client.wait("child_message")).data as { pid: number };
  client.socket.close(1000);
  expect(await eventually(() => !lives(pid), 20_000)).toBe(true);
});

test("a slow reader is disconnected with a reason, loses nothing, and does not slow the others", async () => {
  const steps = [
    init,
    ...Array.from({ length: 40 }, () => ["big", 500_000] as const),
    ["say", result()],
  ] as const;
  const limits = { maxBufferedBytes: 200_000, keptBytes: 64_000_000, stallMs: 300 };
  const server = await testServer(steps, { limits });
  const slow = await connect(server);
  const { session_id } = (await slow.wait("connection_established")).data as { session_id: string };
  slow.socket.pause();
  slow.send({ type: "query", id: "slow", prompt: "x" });

  const quick = await connect(server);
  quick.send({ type: "query", id: "quick", prompt: "x" });
  await quick.wait("query_end");

  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
  await expect.poll(metrics, { timeout: 10_000 }).toContain("claude_slow_readers_total 1");
  slow.socket.resume();
  const { code, reason } = await slow.closed;
  expect(code === 4008 ? reason : `cut ${code}`).toMatch(/slow_reader|cut 1006/);

  const had = Math.max(0, ...seqs(slow.messages));
  const again = await connect(server);
  again.send({ type: "resume", session_id, last_seq: had });
  const end = await again.wait("query_end");
  const all = [...seqs(slow.messages), ...seqs(again.messages)];
  expect(all).toEqual(Array.from({ length: end.seq! }, (_, i) => i + 1));
});

test("shutting down lets running queries finish, refuses new ones, and leaves no connection", async () => {
  const server = await testServer([init, ["wait", 300], ["say", result()]], {
    limits: { shutdownMs: 5_000 },
  });
  const client = await connect(server);
  client.send({ type: "query", id: "a", prompt: "x" });
  await client.wait("system_message");
  const closed = server.close();
  client.send({ type: "query", id: "b", prompt: "x" });
  expect(await client.wait(({ id }) => id === "b")).toMatchObject({ data: { code: "shutting_down" } });
  expect(await client.wait("query_end")).toMatchObject({ id: "a", data: { outcome: "success" } });
  await closed;
  expect(await client.closed).toMatchObject({ code: 1001 });
  await expect(connect(server)).rejects.toThrow("ECONNREFUSED");
});

test("shutting down lets a query over HTTP finish, and its client reads the end of it", async () => {
  const server = await testServer([init, ["wait", 300], ["say", result()]], {
    limits: { shutdownMs: 5_000 },
  });
  const answers = await postQueries(server.url);
  await server.close();
  for (const each of answers) expect(await each.text()).toMatch(/"outcome":"success"/);
});

test("shutting down ends a query over HTTP that does not finish, and waits for its end", async () => {
  const server = await testServer([init, ["wait", 60_000]], { limits: { shutdownMs: 50 } });
  const answers = await postQueries(server.url);
  await server.close();
  for (const each of answers) expect(await each.text()).toMatch(/"outcome":"ended"/);
});

/** A query whose answer streams; its first event has come. */
async function postQueries(url: string): Promise<Response[]> {
  const body = JSON.stringify({ prompt: "x", options: { stream: true } });
  return [
    await fetch(`${url}/query`, { method: "POST", headers: { "content-type": "application/json" }, body }),
  ];
}

test("shutting down waits for a query that still starts, and ends it", async () => {
  const { memoryConversations } = await import("../../../src/server/conversation-store.js");
  let asked = (): void => {};
  const looked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let isDone = false;
  const conversations = {
    ...memoryConversations(),
    async read() {
      asked();
      await new Promise((resolve) => setTimeout(resolve, 200));
      isDone = true;
      return [{ prompt: "x", messages: [] }];
    },
  };
  const server = await testServer(many(1), { conversations, limits: { shutdownMs: 0 } });
  const client = await connect(server);
  client.send({ type: "continue", id: "c", session_id: "s", prompt: "x" });
  await looked;
  await server.close();
  expect(isDone).toBe(true);
  expect(client.messages.some(({ type }) => type === "query_start")).toBe(false);
});

test("shutting down ends what does not finish", async () => {
  const server = await testServer([init, ["child"], ["wait", 60_000]], { limits: { shutdownMs: 50 } });
  const client = await connect(server);
  client.send({ type: "query", prompt: "x" });
  const { pid } = (await client.wait("child_message")).data as { pid: number };
  await server.close();
  expect(lives(pid)).toBe(false);
});

test("a client that does not answer the heartbeat is let go", async () => {
  const server = await testServer(answer, { limits: { heartbeatMs: 50 } });
  const silent = await connect(server);
  silent.socket.pause();
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
  await expect.poll(metrics, { timeout: 5_000 }).toContain("claude_connections 0");
});
