import { stat } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";

/** Largest file that is exported in a second or so, in bytes. */
const SHORT_WORK_BYTES = 5_000_000;

/**
 * Tells V8 not to optimise what is soon over: for a file that is exported in half a second it takes a fifth of the time, on threads of
 * its own that two cores do not have to spare (docs/benchmarks.md). Larger files are worth it. For the command line alone, whose
 * process ends with the export.
 *
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export async function spareOptimiser(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && found.size < SHORT_WORK_BYTES) setFlagsFromString("--no-opt");
}
