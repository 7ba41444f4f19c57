import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { systemErrorCode } from "../system-error.js";

/**
 * Age at which a lock counts as left behind, in milliseconds: its owner renews it at half that time, and does not if it was
 * killed. proper-lockfile's own default; long enough for a notebook's cell that computes without a pause.
 */
export const STALE_LOCK_MS = 10_000;

/** Time between two looks whether a lock is free, in milliseconds. */
const LOOK_INTERVAL_MS = 50;

/** A lock that is held. */
export interface FileLock {
  /** Gives it back; may be called twice. */
  release(): Promise<void>;
}

/**
 * Takes the lock of a file (which need not exist), against this process and all others.
 *
 * @param waitMs how long to wait while somebody else holds it; longer than {@link STALE_LOCK_MS}, a lock that a killed
 * process has left behind is waited out.
 * @returns undefined when it was not to be had in that time.
 * @throws the system error when the folder cannot be written to; the reason of `signal`, which ends the wait.
 */
export async function lockFile(
  path: string,
  waitMs: number,
  signal?: AbortSignal,
): Promise<FileLock | undefined> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const deadline = performance.now() + waitMs;
  for (;;) {
    signal?.throwIfAborted();
    const lock = await tryLock(path);
    if (lock || performance.now() >= deadline) return lock;
    // An abort is thrown by the next look.
    await sleep(LOOK_INTERVAL_MS, undefined, { signal }).catch(() => {});
  }
}

async function tryLock(path: string): Promise<FileLock | undefined> {
  const { lock } = (await import("proper-lockfile")).default;
  try {
    const unlock = await lock(path, {
      realpath: false,
      stale: STALE_LOCK_MS,
      // The machine slept, or this process stood still for long. What is written under the lock stays whole without it.
      onCompromised: () => {},
    });
    return { release: () => unlock().catch(ignoreLost) };
  } catch (error) {
    if (systemErrorCode(error) === "ELOCKED") return undefined;
    throw error;
  }
}

/** A lock that was given back or taken from us cannot be given back. */
function ignoreLost(error: unknown): void {
  const code = systemErrorCode(error);
  if (code !== "ERELEASED" && code !== "ENOTACQUIRED" && code !== "ECOMPROMISED") throw error;
}
