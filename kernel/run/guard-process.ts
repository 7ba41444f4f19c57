import { type SharedState, sharedNow, slot } from "../io/shared-state.js";
import type { FromMain } from "../io/thread-messages.js";
import type { CellTracker } from "./cell-tracker.js";
import { describeError } from "./describe-error.js";
import { interruptCell } from "./interrupt-cell.js";
import type { StackTraces } from "./stack-traces.js";

/** A SIGINT this soon after one of our own is taken for that one, in ms. */
const OWN_SIGINT_MS = 250;
/** Longest time the ending process waits for the I/O thread to send what is queued, in ms. */
const DRAIN_MS = 1500;

/** Keeps the kernel alive through errors that no cell catches, and makes its end orderly. */
export function guardProcess(
  post: (message: FromMain) => void,
  { shared, cells, stacks }: { shared: SharedState; cells: CellTracker; stacks: StackTraces },
): void {
  const report = (what: string) => (error: unknown) => {
    const { traceback } = describeError(error, stacks);
    process.stderr.write(`${what}: ${traceback.join("\n")}\n`);
  };
  process.on("uncaughtException", report("Uncaught error"));
  process.on("unhandledRejection", report("Unhandled rejection"));

  // From a terminal, or a front end that interrupts by signal. Never fatal.
  process.on("SIGINT", () => {
    // Meant for a synchronous part that has ended meanwhile: it must not stop the next cell.
    if (sharedNow() - Atomics.exchange(shared, slot.ownSigintAt, 0) < OWN_SIGINT_MS) return;
    if (cells.running) interruptCell(cells.running);
  });
  process.on("SIGTERM", () => process.exit(0));

  process.on("exit", (code) => {
    post({ type: "ending", reason: `The kernel has ended: process.exit(${code}) was called.` });
    Atomics.wait(shared, slot.drained, 0, DRAIN_MS);
  });
}
