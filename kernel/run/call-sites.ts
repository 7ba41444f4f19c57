/**
 * Innermost frames that are looked at. Every line of output pays for them while there is a stopped cell; code that is
 * deeper in a recursion than that counts as any other.
 */
export const MAX_FRAMES = 100;

/** The frames as objects: text would have to be made of each. The user's own settings of stacks neither matter nor change. */
export function callSites(): readonly NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = MAX_FRAMES;
    Error.prepareStackTrace = (_error, frames) => frames;
    Error.captureStackTrace(holder, callSites);
    return Array.isArray(holder.stack) ? holder.stack : [];
  } catch {
    // Somebody has frozen `Error`.
    return [];
  } finally {
    Reflect.set(Error, "stackTraceLimit", stackTraceLimit);
    if (prepareStackTrace) Reflect.set(Error, "prepareStackTrace", prepareStackTrace);
    else Reflect.deleteProperty(Error, "prepareStackTrace");
  }
}
