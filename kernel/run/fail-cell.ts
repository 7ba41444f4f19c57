import { ClaudeSDKError } from "../../src/errors.js";
import { describeDiagnostics } from "../compile/describe-diagnostics.js";
import type { CellOutcome } from "../host.js";
import type { Json } from "../io/wire.js";
import { type Cell, cellLabel, isInterrupt } from "./cell.js";
import type { CellRuntime } from "./cell-runtime.js";
import { CompileError } from "./compile-error.js";
import { describeError, type ErrorContent } from "./describe-error.js";
import { interruptCell } from "./interrupt-cell.js";
import type { StackTraces } from "./stack-traces.js";

/**
 * Ends a cell that threw: what it still shows goes out before the error, and the error before the reply.
 * @returns the content of the execute_reply.
 */
export async function failCell(
  { stacks, output }: CellRuntime,
  cell: Cell,
  code: string,
  error: unknown,
): Promise<Json> {
  const outcome: CellOutcome = isInterrupt(error) || cell.signal.aborted ? "interrupted" : "error";
  // Interrupted in its synchronous part, the cell's signal has not fired yet.
  if (outcome === "interrupted") interruptCell(cell);
  else if (ClaudeSDKError.isInstance(error)) await showSdkError(error, cell);
  await cell.finish(outcome);
  const content = describeFailure(stacks, error, { label: cellLabel(cell), code });
  output.publish(cell.id, "error", { ...content });
  return { status: "error", ...content };
}

/** Says what is wrong with code that does not compile, or what it threw. */
export function describeFailure(
  stacks: StackTraces,
  error: unknown,
  source: { readonly label: string; readonly code: string },
): ErrorContent {
  return error instanceof CompileError
    ? describeDiagnostics(error.diagnostics, source)
    : describeError(error, stacks);
}

/** An error of the SDK gets a panel that says what to do about it. */
async function showSdkError(error: unknown, cell: Cell): Promise<void> {
  try {
    const { showCellError } = await import("../response/display-response.js");
    showCellError(error, cell);
  } catch (failure) {
    console.error("The error could not be shown as a panel:", failure);
  }
}
