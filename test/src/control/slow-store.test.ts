import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ClaudeSDKClient, query, type SessionStore } from "../../../src/index.js";
import { initMessage, resultMessage } from "../../../src/testing/index.js";
import { fakeClaude, lives, readAll, temporaryFolder } from "../fake-claude.js";

/** A store's own limits; whoever waits for less than a tenth of them did not wait for the store. */
const STORE_LIMIT_MS = 60_000;
const never = new Promise<never>(() => {});
const resume = "00000000-0000-4000-8000-000000000000";
const silentLoad: SessionStore = { append: async () => {}, load: () => never };
const restoring = { resume, sessionStore: silentLoad, loadTimeoutMs: STORE_LIMIT_MS };

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const begunAt = performance.now();
  await work();
  return performance.now() - begunAt;
}

test.each([
  ["timeoutMs", () => ({ timeoutMs: 100 }), "TimeoutError"],
  ["an abort", () => ({ abortSignal: AbortSignal.timeout(100) }), "AbortError"],
])("%s ends a query that waits for its store", async (_, stop, name) => {
  const options = fakeClaude([["say", resultMessage()]], { ...restoring, ...stop() });
  const ms = await durationOf(async () => {
    expect((await readAll(query("hi", options))).error).toMatchObject({ name });
  });
  expect(ms).toBeLessThan(STORE_LIMIT_MS / 10);
});

/** The timers of so many milliseconds that are set from here on. */
function timersOf(ms: number): () => readonly NodeJS.Timeout[] {
  const set = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => set.mockRestore());
  return () => set.mock.results.filter((_, n) => set.mock.calls[n]![1] === ms).map(({ value }) => value);
}

test("a store that hangs does not keep the program alive once nobody waits for it", async () => {
  const timers = timersOf(STORE_LIMIT_MS);
  const turn = readAll(query("hi", fakeClaude([["say", resultMessage()]], { ...restoring, timeoutMs: 100 })));
  expect(timers().map((timer) => timer.hasRef())).toEqual([true]);
  await turn;
  expect(timers().map((timer) => timer.hasRef())).toEqual([false]);
});

test("close() ends a query that waits for its store", async () => {
  const turn = query("hi", fakeClaude([["say", resultMessage()]], restoring));
  const reading = readAll(turn);
  expect(await durationOf(() => turn.close())).toBeLessThan(STORE_LIMIT_MS / 10);
  expect(await reading).toEqual({ messages: [], error: undefined });
});

test.each([
  ["timeoutMs", { timeoutMs: 100 }, "TimeoutError"],
  ["close()", {}, undefined],
])("%s ends a client that waits for its store", async (way, options, name) => {
  const client = new ClaudeSDKClient(fakeClaude([["say", resultMessage()]], { ...restoring, ...options }));
  const ms = await durationOf(async () => {
    await client.query("hi");
    const reading = readAll(client.receiveResponse());
    if (way === "close()") await client.close();
    expect(((await reading).error as Error | undefined)?.name).toBe(name);
    await client.close();
  });
  expect(ms).toBeLessThan(STORE_LIMIT_MS / 10);
});

test.each(["break", "close()"])("%s does not wait for a store that takes no lines", async (way) => {
  const folder = temporaryFolder();
  const filePath = join(folder, "projects", "p", `${resume}.jsonl`);
  mkdirSync(join(folder, "projects"));
  let calls = 0;
  const sessionStore: SessionStore = {
    append: () => {
      calls++;
      return never;
    },
    load: async () => null,
  };
  const mirrored = ["say", { type: "transcript_mirror", filePath, entries: [{ type: "user" }] }] as const;
  const options = fakeClaude([mirrored, ["say", initMessage()], ["wait", 600_000]], {
    sessionStore,
    env: { CLAUDE_CONFIG_DIR: folder },
  });
  const timers = timersOf(STORE_LIMIT_MS);
  const turn = query("hi", options);
  const ms = await durationOf(async () => {
    for await (const message of turn) {
      if (message.type !== "system") continue;
      if (way === "close()") await turn.close();
      break;
    }
  });
  expect(calls).toBe(1);
  expect(timers().map((timer) => timer.hasRef())).toEqual([false]);
  expect(lives(turn.pid!)).toBe(false);
  expect(ms).toBeLessThan(30_000);
});
