import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { Message, QueryOptions } from "../../src/index.js";
import { removeFolder } from "../support/remove-folder.js";

const path = join(import.meta.dirname, "fixtures", "fake-claude.mjs");

/** A step of the fake CLI; fixtures/fake-claude.mjs explains them. */
export type Step = readonly [
  what:
    | "say"
    | "write"
    | "bytes"
    | "stderr"
    | "noise"
    | "echo"
    | "wait"
    | "until"
    | "big"
    | "many"
    | "child"
    | "holdStdout"
    | "deaf"
    | "exit"
    | "die",
  argument?: unknown,
];

/** Options of a query that the fake CLI answers with these steps. */
export function fakeClaude(steps: readonly Step[], options: QueryOptions = {}): QueryOptions {
  return {
    mode: "live",
    pathToClaudeCodeExecutable: path,
    ...options,
    env: { ...options.env, FAKE_STEPS: JSON.stringify(steps) },
  };
}

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "claude-notebook-test-"));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** Reads a stream to its end: its messages, and the error it ended with. */
export async function readAll(
  stream: AsyncIterable<Message>,
): Promise<{ messages: Message[]; error: unknown }> {
  const messages: Message[] = [];
  try {
    for await (const message of stream) messages.push(message);
    return { messages, error: undefined };
  } catch (error) {
    return { messages, error };
  }
}

/** Whether a process lives; one that ended and waits to be collected does not. */
export function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

/** Waits for what must come; gives up after `patienceMs`, ten times what it should take. */
export async function eventually(condition: () => boolean, patienceMs = 10_000): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += 20) {
    if (condition()) return true;
    await sleep(20);
  }
  return condition();
}
