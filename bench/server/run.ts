import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { ClaudeWebSocketServer, type ConversationStore } from "../../src/server/index.js";
import { assistantMessage, initMessage, resultMessage } from "../../src/testing/index.js";
import type { BenchResult } from "../main.js";

const CONNECTIONS = 200;
const RUNNING = 20;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 30);

/** Messages of a turn and the pause between them in ms: about the pace of a model's tokens. */
const MESSAGES = 100;
const PAUSE_MS = 20;

/**
 * What the server adds to the way of a message: from the moment Claude's message is there to the moment a client in another
 * process has parsed it, with 200 clients and 20 running queries. The turns are made up, at the pace of a model.
 */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "claude-notebook-bench-"));
  const server = new ClaudeWebSocketServer({
    allowedFolders: [folder],
    conversations: madeUp(),
    limits: {
      maxConnections: CONNECTIONS,
      maxRunning: RUNNING,
      maxQueued: CONNECTIONS,
      queryRate: { perSecond: 1e6, burst: 1e6 },
    },
  });
  await server.run({ port: 0 });
  const rssBefore = process.memoryUsage.rss();
  const program = join(import.meta.dirname, "clients.mjs");
  const url = `${server.url!.replace("http", "ws")}/ws`;
  const args = [program, url, String(CONNECTIONS), String(SECONDS)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e9 });
  const rssAfter = process.memoryUsage.rss();
  await server.close();
  rmSync(folder, { recursive: true, force: true });

  const { delays, messages } = JSON.parse(stdout) as { delays: number[]; messages: number };
  delays.sort((a, b) => a - b);
  const at = (share: number): number => Number(delays[Math.floor((delays.length - 1) * share)]!.toFixed(2));
  const json = {
    connections: CONNECTIONS,
    running: RUNNING,
    seconds: SECONDS,
    messages,
    messagesPerSecond: Math.round(messages / SECONDS),
    addedDelayMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    rssMb: { before: megabytes(rssBefore), after: megabytes(rssAfter) },
    loadAverage: Number(loadavg()[0]!.toFixed(1)),
  };
  const { p50, p95, p99, max } = json.addedDelayMs;
  const table = [
    "| connections | running | messages/s | p50 | p95 | p99 | max |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    `| ${CONNECTIONS} | ${RUNNING} | ${json.messagesPerSecond} | ${p50} ms | ${p95} ms | ${p99} ms | ${max} ms |`,
  ].join("\n");
  return { json, table };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

/** Turns whose messages say when they were made. */
function madeUp(): ConversationStore {
  return {
    list: async () => [],
    read: async () => undefined,
    ask: () => ({
      async *[Symbol.asyncIterator]() {
        yield initMessage();
        for (let i = 0; i < MESSAGES; i++) {
          await sleep(PAUSE_MS);
          const made_at = performance.timeOrigin + performance.now();
          yield assistantMessage([{ type: "text", text: `Some words of an answer, number ${i}.` }], {
            made_at,
          });
        }
        yield resultMessage();
      },
    }),
  };
}
