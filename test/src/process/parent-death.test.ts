import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, onTestFinished, test } from "vitest";
import { eventually, lives } from "../fake-claude.js";

const root = join(import.meta.dirname, "../../..");
const fixtures = join(root, "test", "src", "fixtures");

/** Runs a program with queries at work; returns it and the pids of its CLIs and of their tools' children. */
async function startParent(queries: number, how = "wait") {
  const args = [
    join(fixtures, "parent.mjs"),
    join(root, "dist", "src", "index.js"),
    join(fixtures, "fake-claude.mjs"),
    String(queries),
    how,
  ];
  const parent = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const exited = once(parent, "exit");
  const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
  return { parent, exited, pids: JSON.parse(line) as number[] };
}

/** The pid of the process that waits for a parent's end. */
function guardOf(parent: number): number | undefined {
  const { stdout } = spawnSync("ps", ["-o", "pid=,stat=,args=", "--ppid", String(parent)], {
    encoding: "utf8",
  });
  const line = stdout.split("\n").find((row) => row.includes("guard.mjs") && !row.includes("<defunct>"));
  return line === undefined ? undefined : Number.parseInt(line, 10);
}

describe("when the program that asked Claude", () => {
  test.each<[string, NodeJS.Signals, number]>([
    ["is killed", "SIGKILL", 1],
    ["is killed with ten queries at work", "SIGKILL", 10],
    ["is terminated", "SIGTERM", 1],
    ["is interrupted", "SIGINT", 1],
    ["loses its terminal", "SIGHUP", 1],
  ])("%s, no CLI and no child of a tool is left", async (_, signal, queries) => {
    const { parent, exited, pids } = await startParent(queries);
    expect(pids).toHaveLength(2 * queries);
    expect(pids.every(lives)).toBe(true);
    parent.kill(signal);
    await exited;
    expect(await eventually(() => !pids.some(lives))).toBe(true);
  });

  test("is killed some time after its guard was, none is left", async () => {
    const { parent, exited, pids } = await startParent(2);
    const guard = guardOf(parent.pid!);
    process.kill(guard!, "SIGKILL");
    expect(await eventually(() => ![undefined, guard].includes(guardOf(parent.pid!)))).toBe(true);
    parent.kill("SIGKILL");
    await exited;
    expect(await eventually(() => !pids.some(lives))).toBe(true);
  });

  test.each(["exit", "throw"])("ends by itself (%s), none is left", async (how) => {
    const { exited, pids } = await startParent(1, how);
    await exited;
    expect(await eventually(() => !pids.some(lives))).toBe(true);
  });
});
