import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { ClaudeWebSocketServer, type ServerMessage } from "../../../src/server/index.js";
import { fakeClaude, type Step, temporaryFolder } from "../fake-claude.js";
import { connect, init, result, testServer } from "./test-server.js";

/** Whole with SOAK=1, else a part of it. */
const load = process.env.SOAK
  ? { connections: 200, running: 20, forMs: 30_000 }
  : { connections: 60, running: 10, forMs: 2_000 };

/** Messages of the recorded turn, in pieces with pauses between. */
const NUMBERED = 200;

/** What is in use, in MB, once the garbage is gone. */
function memoryInUse(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 1e6);
}

/** A server that replays one turn, at the pace of the fake CLI that it was recorded from. */
async function replayServer() {
  const pieces = Array.from({ length: 10 }, (): readonly Step[] => [
    ["many", NUMBERED / 10],
    ["wait", 20],
  ]).flat();
  const recordingsDir = temporaryFolder();
  const folder = temporaryFolder();
  const options = { ...fakeClaude([init, ...pieces, ["say", result()]]), recordingsDir };
  const recorder = await testServer([], {
    allowedFolders: [folder],
    queryOptions: { ...options, mode: "record" },
  });
  const client = await connect(recorder);
  client.send({ type: "query", prompt: "Count" });
  await client.wait("query_end");
  await recorder.close();
  return testServer([], {
    allowedFolders: [folder],
    queryOptions: { ...options, mode: "replay" },
    limits: {
      maxConnections: load.connections,
      maxRunning: load.running,
      maxQueued: load.connections,
      queryRate: { perSecond: 100_000, burst: 100_000 },
      messageRate: { perSecond: 1_000, burst: 1_000 },
      // What is kept for clients that come back is full after this time.
      resumeMs: 2_000,
    },
  });
}

/** Asks one question after the other until the time is over; tells what is wrong with the stream. */
function askAgainAndAgain(
  url: string,
  untilMs: number,
): Promise<{ turns: number; messages: number; wrong: string[] }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
    const wrong: string[] = [];
    let [seq, turns, messages, numbered] = [0, 0, 0, 0];
    const ask = (): void => {
      numbered = 0;
      socket.send(JSON.stringify({ type: "query", id: String(turns), prompt: "Count" }));
    };
    socket.on("error", reject);
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      if (message.type === "connection_established") return ask();
      messages++;
      if (message.seq !== ++seq) wrong.push(`number ${message.seq} in the place of ${seq}`);
      if (message.id !== String(turns)) wrong.push(`query ${message.id} in the place of ${turns}`);
      if (message.type === "error") wrong.push(JSON.stringify(message.data));
      if (message.type === "numbered_message") {
        const { n } = message.data as { n: number };
        if (n !== numbered % (NUMBERED / 10)) wrong.push(`message ${n} in the place of ${numbered}`);
        numbered++;
      }
      if (message.type !== "query_end") return;
      if (numbered !== NUMBERED) wrong.push(`${numbered} messages in a turn`);
      turns++;
      if (performance.now() < untilMs) return ask();
      socket.close(1000);
      resolve({ turns, messages, wrong });
    });
  });
}

test(`${load.connections} connections with ${load.running} running queries lose no message, keep the order, and take no more and more memory`, async () => {
  process.env.CLAUDE_NOTEBOOK_REPLAY_SPEED = "1";
  const server = await replayServer();
  const startedAt = performance.now();
  const until = startedAt + load.forMs;
  const inUse: number[] = [];
  const sample = setInterval(() => inUse.push(memoryInUse()), load.forMs / 15);
  const clients = await Promise.all(
    Array.from({ length: load.connections }, () => askAgainAndAgain(server.url, until)),
  );
  clearInterval(sample);
  delete process.env.CLAUDE_NOTEBOOK_REPLAY_SPEED;

  expect(clients.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(clients.every(({ turns }) => turns > 0)).toBe(true);
  const total = clients.reduce((sum, { messages }) => sum + messages, 0);
  expect(total).toBeGreaterThan(load.connections * NUMBERED);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain(`claude_messages_sent_total ${total}`);
  expect(metrics).toContain("claude_queries_running 0");
  if (process.env.SOAK) {
    // The first third fills what is kept; from then on nothing grows.
    const third = Math.floor(inUse.length / 3);
    const middle = Math.max(...inUse.slice(third, 2 * third));
    const late = Math.max(...inUse.slice(2 * third));
    expect(late / middle, `${inUse.join(" ")} MB`).toBeLessThan(1.15);
  }
}, 300_000);

test("a server under load can be closed", async () => {
  const server = await replayServer();
  expect(server).toBeInstanceOf(ClaudeWebSocketServer);
  const clients = Array.from({ length: 20 }, () => askAgainAndAgain(server.url, Number.POSITIVE_INFINITY));
  for (const client of clients) client.catch(() => {});
  await expect
    .poll(async () => (await fetch(`${server.url}/metrics`)).text(), { timeout: 10_000 })
    .toMatch(/claude_queries_running [1-9]/);
  await server.close();
  await expect(fetch(`${server.url}/health`)).rejects.toThrow();
});
