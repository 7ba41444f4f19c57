/**
 * The thread that hears SIGINT from outside. Node tells only its main thread of signals, between two events: a cell that
 * loops would never hear. `breakOnSigint` interrupts a script on any thread, so this one does nothing but wait in scripts.
 */
import { Script } from "node:vm";
import { type MessagePort, workerData } from "node:worker_threads";
import { type SharedState, sharedNow, slot } from "./shared-state.js";

/** What the worker is started with. */
export interface SigintWorkerData {
  readonly shared: SharedState;
  /** Where to tell of a SIGINT. */
  readonly io: MessagePort;
}

/**
 * Scripts inside one another. A SIGINT ends the innermost, which starts again; those around it take what comes meanwhile.
 * If none were left, the system's default would end the process.
 */
const DEPTH = 64;
/** A SIGINT this soon after one of our own is taken for that one, in ms. */
const OWN_SIGINT_MS = 250;
/** Time for the main thread to take a signal that we pass on, in ms. */
const PASS_ON_MS = 20;
/** Time for a synchronous part to end of SIGINT, in ms; then the I/O thread uses its other means. */
const END_MS = 120;

const { shared, io } = workerData as SigintWorkerData;
const sleeper = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
const globals = globalThis as unknown as { waitForSigint: () => void };
const call = new Script("waitForSigint()", { filename: "claude-notebook:sigint" });

waitIn(DEPTH);

/**
 * Returns when a cell's synchronous part has begun, so that the innermost script starts again: the latest script to start
 * gets the signal, and if that were the cell's, nobody would know that there was one.
 */
function waitForPart(): void {
  Atomics.wait(shared, slot.synchronousParts, Atomics.load(shared, slot.synchronousParts));
}

function waitIn(depth: number): void {
  const wait = depth === 0 ? waitForPart : () => waitIn(depth - 1);
  for (;;) {
    globals.waitForSigint = wait;
    try {
      call.runInThisContext({ breakOnSigint: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
      handleSigint();
    }
  }
}

/** Whether a synchronous part ends soon; one that waits for a child process does not. */
function hasEnded(part: number): boolean {
  for (let waited = 0; waited < END_MS; waited += PASS_ON_MS) {
    const isThatPart = Atomics.load(shared, slot.synchronousParts) === part;
    if (!isThatPart || Atomics.load(shared, slot.inSynchronousPart) === 0) return true;
    Atomics.wait(sleeper, 0, 0, PASS_ON_MS);
  }
  return false;
}

function handleSigint(): void {
  // We are out of the innermost script now: the next signal goes to the cell's.
  if (Atomics.load(shared, slot.inSynchronousPart) === 1) {
    const part = Atomics.load(shared, slot.synchronousParts);
    process.kill(process.pid, "SIGINT");
    Atomics.wait(sleeper, 0, 0, PASS_ON_MS);
    const isOwn = sharedNow() - Atomics.load(shared, slot.ownSigintAt) < OWN_SIGINT_MS;
    if (!isOwn && !hasEnded(part)) io.postMessage("sigint");
    return;
  }
  // Meant for a synchronous part that has ended meanwhile: it must not stop the next cell.
  if (sharedNow() - Atomics.exchange(shared, slot.ownSigintAt, 0) < OWN_SIGINT_MS) return;
  io.postMessage("sigint");
}
