/** A call that is not waited for any longer; it may still have its effect. */
export class CallTimeoutError extends Error {
  override readonly name = "CallTimeoutError";
}

/** Waits for a call, but no longer than so many milliseconds. @throws CallTimeoutError, and what the call throws. */
export async function withinTime<T>(call: () => Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CallTimeoutError(`${what} did not answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([call(), late]);
  } finally {
    clearTimeout(timer);
  }
}
