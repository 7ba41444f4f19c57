import { onAbort } from "./on-abort.js";

/** Waits for a promise, but no longer than until a signal fires. @throws the signal's reason when it fires first. */
export function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const ignore = onAbort(signal, reject);
    promise.then(resolve, reject).finally(ignore);
  });
}
