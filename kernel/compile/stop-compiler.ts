import { type SharedState, sharedNow, slot } from "../io/shared-state.js";
import type { CompilerGuard } from "./typescript/compiler-guard.js";

/** Tells other threads what the compiler's process does: the thread that asks it is blocked meanwhile. */
export function createSharedGuard(shared: SharedState): CompilerGuard {
  return {
    started(pid) {
      Atomics.store(shared, slot.compilerPid, pid);
    },
    begin() {
      Atomics.store(shared, slot.compilerStopped, 0);
      // 0 means that it has no question.
      Atomics.store(shared, slot.compilerBusySince, sharedNow() || 1);
    },
    end() {
      Atomics.store(shared, slot.compilerBusySince, 0);
    },
    wasStopped: () => Atomics.exchange(shared, slot.compilerStopped, 0) === 1,
  };
}

/**
 * Ends the compiler's process if it has been at one question for longer than this. It starts again with the next; the
 * one that took so long is told to have failed.
 *
 * @returns whether it was ended.
 */
export function stopSlowCompiler(shared: SharedState, limitMs: number): boolean {
  const since = Atomics.load(shared, slot.compilerBusySince);
  const pid = Atomics.load(shared, slot.compilerPid);
  if (since === 0 || pid === 0 || sharedNow() - since < limitMs) return false;
  Atomics.store(shared, slot.compilerStopped, 1);
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
  return true;
}
