import { totalmem } from "node:os";
import { residentBytes } from "../compile/resident-bytes.js";
import { stopSlowCompiler } from "../compile/stop-compiler.js";
import { log } from "../log.js";
import { type SharedState, slot } from "./shared-state.js";

/** How often the compiler is looked at, in ms. */
const INTERVAL_MS = 1000;
/** Longest check of one cell, in ms: the largest that were seen took a tenth. */
const LIMIT_MS = 30_000;
/** Most memory of the compiler, in bytes: a type without end fills any, and the machine with it. */
const MAX_BYTES = Math.max(2 * 1024 ** 3, totalmem() / 8);

/** Ends the compiler's process when it hangs or grows without end; on this thread, since the one that asks it is blocked. */
export function watchCompiler(shared: SharedState): void {
  setInterval(() => {
    const isTooBig = residentBytes(Atomics.load(shared, slot.compilerPid)) > MAX_BYTES;
    if (stopSlowCompiler(shared, isTooBig ? 0 : LIMIT_MS)) {
      log(`The compiler was ended: one question took more than ${LIMIT_MS} ms or ${MAX_BYTES} bytes.`);
    }
  }, INTERVAL_MS).unref();
}
