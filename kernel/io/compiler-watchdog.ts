import { stopSlowCompiler } from "../compile/stop-compiler.js";
import { log } from "../log.js";
import type { SharedState } from "./shared-state.js";

/** How often the compiler is looked at, in ms. */
const INTERVAL_MS = 1000;
/** Longest check of one cell, in ms: the largest that were seen took a tenth. */
const LIMIT_MS = 30_000;

/** Ends the compiler's process when it hangs; on this thread, since the one that asks it is blocked. */
export function watchCompiler(shared: SharedState): void {
  setInterval(() => {
    if (stopSlowCompiler(shared, LIMIT_MS))
      log(`The compiler took longer than ${LIMIT_MS} ms and was ended.`);
  }, INTERVAL_MS).unref();
}
