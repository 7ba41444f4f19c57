import { mkdirSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Git-ignored folder for what tests fetch or build once. */
export const cacheRoot = resolve(import.meta.dirname, "../../.cache");

/** A lock older than this belongs to a run that died, in milliseconds; the slowest build (a Python environment) takes about one minute. */
const STALE_LOCK_MS = 15 * 60_000;

/**
 * Returns `.cache/<name>`, filled by `build` the first time. Several processes may ask at once: one builds, the others wait.
 * A build that failed is removed, so that the next run starts afresh.
 */
export async function cachedFolder(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheRoot, name);
  const complete = join(folder, ".complete");
  const lock = `${folder}.lock`;
  mkdirSync(cacheRoot, { recursive: true });
  while (!exists(complete)) {
    if (!tryLock(lock)) {
      await sleep(200);
      continue;
    }
    try {
      if (exists(complete)) break;
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      await build(folder);
      writeFileSync(complete, "");
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    } finally {
      rmdirSync(lock);
    }
  }
  return folder;
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (exists(lock) && Date.now() - statSync(lock).mtimeMs > STALE_LOCK_MS)
      rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
