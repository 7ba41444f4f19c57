import { log } from "./log.js";

let reason: string | undefined;

/** Ends the process because the kernel cannot go on; the running cell and the log are told why. */
export function endKernel(why: string): never {
  reason = why;
  log(why);
  process.exit(1);
}

/** Why the process ends with this code: our own reason, or that user code asked for it. */
export function endReason(code: number): string {
  return reason ?? `process.exit(${code}) was called.`;
}
