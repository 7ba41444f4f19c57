import { setTimeout as sleep } from "node:timers/promises";
import type { SpawnedProcess } from "./spawned-process.js";

/** What a process is sent that does not end with its input, and how long it may take to obey, in milliseconds. */
const SIGNALS = [
  ["SIGTERM", 1_000],
  ["SIGKILL", 1_000],
] as const;

/** How long it may take to end by itself when its input has ended, in milliseconds: the time the official SDK gives. */
const GRACE_MS = 2_000;

/**
 * Ends a process that somebody else started for us, whose own processes cannot be seen from here: its input has ended
 * already; then signals, then the abort signal that it was started with.
 *
 * @param exited resolves when it has ended.
 * @returns when it has ended, or everything has been tried.
 */
export async function endRemote(
  remote: SpawnedProcess,
  exited: Promise<unknown>,
  abort: AbortController,
): Promise<void> {
  let ended = false;
  const end = exited.then(() => {
    ended = true;
  });
  const wait = (ms: number): Promise<unknown> => Promise.race([end, sleep(ms, undefined, { ref: false })]);
  await wait(GRACE_MS);
  for (const [name, patienceMs] of SIGNALS) {
    if (ended) return;
    abort.abort();
    remote.kill(name);
    await wait(patienceMs);
  }
}
