import { setTimeout as sleep } from "node:timers/promises";
import {
  descendantsOf,
  isAlive,
  killRun,
  type ProcessEntry,
  type Run,
  signal,
} from "./assets/process-tree.mjs";

/** What the CLI is sent, and how long it may take to obey, in milliseconds. It stores the session's transcript when interrupted. */
const SIGNALS = [
  ["SIGINT", 1_000],
  ["SIGTERM", 1_000],
  ["SIGKILL", 2_000],
] as const;

/** The same for what it leaves behind. */
const REST_SIGNALS = [
  ["SIGTERM", 500],
  ["SIGKILL", 2_000],
] as const;

const POLL_MS = 20;

/**
 * Ends the CLI and everything its tools started. The descendants are collected first: a tool's child has a session and
 * a process group of its own, outlives the CLI, and cannot be found by its parent once that is gone.
 *
 * @param exited resolves when the CLI itself has ended.
 * @returns when nothing of the run is left.
 */
export async function endRun(run: Run, exited: Promise<unknown>): Promise<void> {
  if (process.platform === "win32") {
    killRun(run);
    await exited;
    return;
  }
  const known = new Map<number, ProcessEntry>();
  const collect = (): void => {
    for (const entry of descendantsOf(run)) known.set(entry.pid, entry);
  };
  const living = (): ProcessEntry[] => [...known.values()].filter(isAlive);

  let ended = false;
  const end = exited.then(() => {
    ended = true;
  });
  for (const [name, patienceMs] of SIGNALS) {
    if (ended) break;
    collect();
    signal(run, name);
    await Promise.race([end, sleep(patienceMs, undefined, { ref: false })]);
  }
  for (const [name, patienceMs] of REST_SIGNALS) {
    collect();
    for (const entry of living()) signal(entry, name);
    for (let waited = 0; waited < patienceMs && living().length > 0; waited += POLL_MS) await sleep(POLL_MS);
    if (living().length === 0) break;
  }
}
