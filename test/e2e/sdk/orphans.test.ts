import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../../kernel/server/start-server.js";
import { ClaudeSDKClient, isAssistantMessage, type Query, query } from "../../../src/index.js";
import {
  descendantsOf,
  listProcesses,
  RUN_VARIABLE,
  startOf,
} from "../../../src/process/assets/process-tree.mjs";
import { text, toolUse } from "../../../src/testing/index.js";
import { createLabClient } from "../../kernel/server/lab-client.js";
import { eventually, lives, readAll } from "../../src/fake-claude.js";
import { scriptedClaude } from "../../support/scripted-claude.js";
import { tempFolder } from "../../support/temp-folder.js";
import { realClaude } from "./real-claude.js";

/** Longer than any test, and told apart from other sleeps by its number. */
const SECONDS = 604_801;

const script = [
  ...Array.from({ length: 20 }, (_, n) => ({
    when: `sleep ${n}`,
    replies: [toolUse("Bash", { command: `sleep ${SECONDS}` }), text("no")],
  })),
  { when: /^talk/, replies: [text("word ".repeat(20_000))] },
];

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** The processes of a query of the CLI whose home is beside this folder. */
function processesOf(cwd: string): number[] {
  return processesWith(join(cwd, "..", "home"));
}

/** The processes in whose environment all of these stand. */
function processesWith(...texts: readonly string[]): number[] {
  return listProcesses()
    .map(({ pid }) => pid)
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
        return texts.every((text) => environment.includes(text));
      } catch {
        return false;
      }
    });
}

const sleepers = (pids: readonly number[]): number[] =>
  pids.filter((pid) => commandOf(pid) === `sleep\0${SECONDS}\0`);

describe.runIf(process.platform === "linux")("nothing is left", () => {
  test("of 20 queries, two of them inside a Bash tool, 10 s after SIGKILL of the parent", async () => {
    const { options, cwd } = await realClaude(script, { allowedTools: ["Bash"] }, { delayMs: 100 });
    const prompts = Array.from({ length: 20 }, (_, n) => (n < 2 ? `sleep ${n}` : `talk ${n}`));
    const parent = spawn(
      process.execPath,
      ["--import", "jiti/register", join(import.meta.dirname, "query-parent.ts")],
      { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, JITI_FS_CACHE: "false" } },
    );
    onTestFinished(() => void parent.kill("SIGKILL"));
    let begun = 0;
    createInterface({ input: parent.stdout }).on("line", () => begun++);
    parent.stdin.end(JSON.stringify({ prompts, options }));
    expect(await eventually(() => begun === 20 && sleepers(processesOf(cwd)).length === 2, 240_000)).toBe(
      true,
    );
    const before = processesOf(cwd);
    expect(before.length).toBeGreaterThanOrEqual(22);
    parent.kill("SIGKILL");
    // Both: a process that is just ending shows no environment any more.
    await eventually(() => processesOf(cwd).length === 0 && !before.some(lives), 10_000);
    expect(processesOf(cwd)).toEqual([]);
    expect(before.filter(lives).map(commandOf)).toEqual([]);
  }, 300_000);

  const ways: Record<
    string,
    (turn: Query, reading: Promise<unknown>, abort: AbortController) => Promise<unknown>
  > = {
    "an abort": async (_turn, reading, abort) => {
      abort.abort();
      await reading;
    },
    "interrupt()": async (turn, reading) => {
      await turn.interrupt();
      await reading;
    },
    "close()": (turn) => turn.close(),
    "kill()": (turn) => turn.kill(),
  };

  test.each(Object.entries(ways))("after %s inside a Bash tool", async (_, stop) => {
    const { options, cwd } = await realClaude(script, { allowedTools: ["Bash"] });
    const abort = new AbortController();
    const turn = query("sleep 0", { ...options, abortSignal: abort.signal });
    onTestFinished(() => turn.close());
    const reading = readAll(turn);
    expect(await eventually(() => sleepers(processesOf(cwd)).length === 1, 60_000)).toBe(true);
    await stop(turn, reading, abort);
    expect(await eventually(() => processesOf(cwd).length === 0)).toBe(true);
  });

  test("after a time limit, and after `break`", async () => {
    const { options, cwd } = await realClaude(script, { allowedTools: ["Bash"] });
    const { error } = await readAll(query("sleep 0", { ...options, timeoutMs: 4_000 }));
    expect(error).toMatchObject({ code: "timeout" });
    expect(processesOf(cwd)).toEqual([]);
    for await (const message of query("sleep 1", options)) {
      if (!isAssistantMessage(message)) continue;
      expect(await eventually(() => sleepers(processesOf(cwd)).length === 1)).toBe(true);
      break;
    }
    expect(processesOf(cwd)).toEqual([]);
  });

  test("after a client is closed inside a Bash tool", async () => {
    const { options, cwd } = await realClaude(script, { allowedTools: ["Bash"] });
    const client = new ClaudeSDKClient(options);
    await client.connect("sleep 0");
    const reading = readAll(client.receiveMessages());
    expect(await eventually(() => sleepers(processesOf(cwd)).length === 1, 60_000)).toBe(true);
    const run = { pid: client.pid!, started: startOf(client.pid!), id: "-" };
    const pids = [run.pid, ...descendantsOf(run).map(({ pid }) => pid)];
    await client.close();
    expect((await reading).error).toBeUndefined();
    expect(pids.filter(lives)).toEqual([]);
    expect(await eventually(() => processesOf(cwd).length === 0)).toBe(true);
  });

  test("after the kernel is restarted whose cell waits for a Bash tool", async () => {
    const { api, env } = await scriptedClaude(script);
    onTestFinished(() => api.close());
    const server = await startServer({ rootDir: tempFolder(), env, onKernelOutput: () => {} });
    onTestFinished(() => server.close());
    const { manager, dispose } = createLabClient(server);
    onTestFinished(dispose);
    const kernel = await manager.startNew();
    const code = `await query("sleep 0", { allowedTools: ["Bash"] }).next();
      for await (const message of query("sleep 1", { allowedTools: ["Bash"] })) console.log(message.type);`;
    const cell = kernel.requestExecute({ code });
    cell.done.catch(() => {});
    const ofQueries = (): number[] => processesWith(env.HOME!, `${RUN_VARIABLE}=`);
    expect(await eventually(() => sleepers(ofQueries()).length === 2, 60_000)).toBe(true);
    const before = ofQueries();
    expect(before.length).toBeGreaterThanOrEqual(4);
    await kernel.restart();
    await eventually(() => ofQueries().length === 0 && !before.some(lives), 10_000);
    expect(ofQueries()).toEqual([]);
    expect(before.filter(lives).map(commandOf)).toEqual([]);
    await kernel.shutdown();
  });
});
