import { stat } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import type { ExportSource } from "../../export/export-source.js";

/** Largest conversation that is exported in half a second, in bytes: one of 575 records has 0.6 MB. */
const SHORT_WORK_BYTES = 1_000_000;

/**
 * Tells V8 not to optimise what is soon over: for a conversation that is exported in half a second it takes a fifth of the time, on
 * threads of its own that two cores do not have to spare (docs/benchmarks.md). Larger files are worth it, and so are notebooks: one
 * of 4 MB takes almost three times as long without. For the command line alone, whose process ends with the export.
 *
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export async function spareOptimiser({ path, type }: ExportSource): Promise<void> {
  if (type !== "session") return;
  const found = await stat(path).catch(() => undefined);
  if (found && found.size < SHORT_WORK_BYTES) setFlagsFromString("--no-opt");
}
