import { endReason } from "../end-kernel.js";
import { type SharedState, slot } from "../io/shared-state.js";
import { describeError } from "./describe-error.js";
import { holdSigint } from "./hold-sigint.js";
import type { PostToIo } from "./output.js";
import type { StackTraces } from "./stack-traces.js";

/** Longest time the ending process waits for the I/O thread to send what is queued, in ms. */
const DRAIN_MS = 1500;

/** Keeps the kernel alive through errors that no cell catches, and makes its end orderly. */
export function guardProcess(
  post: PostToIo,
  { shared, stacks }: { shared: SharedState; stacks: StackTraces },
): void {
  const report = (what: string) => (error: unknown) => {
    const { traceback } = describeError(error, stacks);
    process.stderr.write(`${what}: ${traceback.join("\n")}\n`);
  };
  process.on("uncaughtException", report("Uncaught error"));
  process.on("unhandledRejection", report("Unhandled rejection"));

  holdSigint();
  process.on("SIGTERM", () => process.exit(0));

  process.on("exit", (code) => {
    post({ type: "ending", reason: `The kernel has ended: ${endReason(code)}` });
    Atomics.wait(shared, slot.drained, 0, DRAIN_MS);
  });
}
