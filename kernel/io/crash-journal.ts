import { ftruncateSync, writeSync } from "node:fs";

/**
 * How long something stays, in ms: when Node or native code aborts, what it writes is read here while the process dies, and
 * who dies of something else has said its last words long ago.
 */
const KEPT_MS = 100;
/** The most that is kept, in bytes: what follows it is not. */
const MAX_BYTES = 64 * 1024;

/**
 * Keeps what was read from descriptor 2 in a file until the process is known to have survived it. The shell of
 * kernel-argv.ts holds that file too, and passes on to the log what stands in it when the kernel is gone.
 */
export function createCrashJournal(fd: number): { keep(bytes: Uint8Array): void } {
  let length = 0;
  const clear = (): void => {
    length = 0;
    ftruncateSync(fd, 0);
  };
  // In a process that dies there is no time to compile it.
  writeSync(fd, new Uint8Array(0));
  clear();
  return {
    keep(bytes) {
      const kept = bytes.subarray(0, MAX_BYTES - length);
      if (kept.length === 0) return;
      if (length === 0) setTimeout(clear, KEPT_MS).unref();
      // The position is ours, because the shell reads from its own, which is the same file's.
      writeSync(fd, kept, 0, kept.length, length);
      length += kept.length;
    },
  };
}
