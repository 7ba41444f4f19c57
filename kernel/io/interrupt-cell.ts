import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../log.js";
import type { IoKernel } from "./io-kernel.js";
import type { Request } from "./request.js";
import { type SharedState, sharedNow, slot } from "./shared-state.js";
import { interruptChildren } from "./signal-children.js";

/** What an interrupt needs to see and do. */
export interface InterruptTarget {
  readonly shared: SharedState;
  running(): Request | undefined;
  /** Asks the main thread to reject the awaiting cell and to fire its abort signal. */
  ask(cell: string | undefined): void;
}

/** Windows ends a process for which a SIGINT is meant: there, steps 2 and 4 are left out, and step 3 ends synchronous parts. */
const HAS_SIGNALS = process.platform !== "win32";
/** Time the main thread gets to see the question before SIGINT, in ms. An idle event loop needs less than 1. */
const ASK_MS = 30;
/** The same when no cell runs, in ms: only a callback can be in the way, and a cell that starts meanwhile must not be hit. */
const IDLE_ASK_MS = 1000;
/** Time for SIGINT to end the synchronous part of a cell, in ms. */
const SIGINT_MS = 120;
/** Time for V8 to end JavaScript, in ms. */
const TERMINATE_MS = 200;

/**
 * Stops what runs, from the gentlest means to the hardest, each only if the one before it did not help:
 * 1. the main thread rejects the promise that the cell awaits and fires its AbortSignal;
 * 2. SIGINT to ourselves, which `breakOnSigint` turns into an error in the synchronous part of a cell;
 * 3. V8's terminateExecution through the inspector: loops after an await, in a microtask or in a timer;
 * 4. SIGINT to the child processes, for one that a synchronous call waits for (`execSync`).
 */
export async function interruptCell({ shared, running, ask }: InterruptTarget): Promise<void> {
  const target = running();
  const seen = Atomics.load(shared, slot.interruptsSeen);
  const isOver = (): boolean =>
    Atomics.load(shared, slot.interruptsSeen) !== seen || (target !== undefined && running() !== target);

  ask(target?.header.msg_id);
  await sleep(target ? ASK_MS : IDLE_ASK_MS);
  if (isOver()) return;

  if (target && HAS_SIGNALS) {
    Atomics.store(shared, slot.ownSigintAt, sharedNow());
    process.kill(process.pid, "SIGINT");
    await sleep(SIGINT_MS);
    if (isOver()) return;
  }

  if (!HAS_SIGNALS || Atomics.load(shared, slot.inSynchronousPart) === 0) await terminateExecution();
  await sleep(TERMINATE_MS);
  if (isOver() || !HAS_SIGNALS) return;

  interruptChildren();
}

/** Ends the JavaScript that runs on the main thread; its event loop goes on. */
async function terminateExecution(): Promise<void> {
  const { Session } = await import("node:inspector/promises");
  const session = new Session();
  session.connectToMainThread();
  await session.post("Runtime.terminateExecution");
  session.disconnect();
}

/** Starts to interrupt what runs; what goes wrong with it is logged. */
export function interruptRunningCell(io: Pick<IoKernel, "shared" | "queue" | "tellMain">): void {
  interruptCell({
    shared: io.shared,
    running: () => io.queue.running,
    ask: (cell) => io.tellMain({ type: "interrupt", cell }),
  }).catch((error: unknown) => log(`The interrupt failed: ${error}`));
}
