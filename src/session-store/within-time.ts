import { onAbort } from "../process/on-abort.js";

/** A call that is not waited for any longer; it may still have its effect. */
export class CallTimeoutError extends Error {
  override readonly name = "CallTimeoutError";
}

/**
 * Waits for a call, but no longer than so many milliseconds.
 *
 * @param behind fires when nobody waits for the end any more: from then on, the waiting does not keep the program alive.
 * @throws CallTimeoutError, and what the call throws.
 */
export async function withinTime<T>(
  call: () => Promise<T>,
  ms: number,
  what: string,
  behind?: AbortSignal,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CallTimeoutError(`${what} did not answer within ${ms} ms.`)), ms);
  });
  const stopListening = behind && onAbort(behind, () => timer?.unref());
  try {
    return await Promise.race([call(), late]);
  } finally {
    clearTimeout(timer);
    stopListening?.();
  }
}
