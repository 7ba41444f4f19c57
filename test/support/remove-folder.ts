import { rm } from "node:fs/promises";
import pRetry from "p-retry";

/** For ten seconds: so long may a process take that has been told to end. */
const PATIENCE = { retries: 99, minTimeout: 100, factor: 1 };

/** Removes a folder that a process which ends may still write into: the retries of `rm` itself do not see what has come since. */
export async function removeFolder(folder: string): Promise<void> {
  await pRetry(() => rm(folder, { recursive: true, force: true }), PATIENCE);
}
