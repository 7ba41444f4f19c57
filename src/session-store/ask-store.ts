import { SessionStoreError } from "../errors.js";
import { withinTime } from "./within-time.js";

/** How long a store may take to load something, in milliseconds, unless `loadTimeoutMs` says otherwise. */
export const LOAD_TIMEOUT_MS = 60_000;

/**
 * Asks a store for something.
 *
 * @param call e.g. "load()"
 * @param behind fires when nobody waits for the answer any more.
 * @throws SessionStoreError when it fails, or takes too long.
 */
export async function askStore<T>(
  call: string,
  ask: () => Promise<T>,
  timeoutMs = LOAD_TIMEOUT_MS,
  behind?: AbortSignal,
): Promise<T> {
  const what = `SessionStore.${call}`;
  try {
    return await withinTime(ask, timeoutMs, what, behind);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SessionStoreError(`The session store failed in ${what}: ${why}`, { cause });
  }
}
