import type { ExecuteCell } from "../io/thread-messages.js";
import type { Json } from "../io/wire.js";
import type { CellRuntime } from "./cell-runtime.js";
import { toPlainJson } from "./json-text.js";
import { runCell } from "./run-cell.js";

/**
 * Runs a cell and gives the content of its reply, whatever happens: a request without a reply would leave the kernel busy
 * for ever, and every later cell waiting.
 */
export async function replyToCell(runtime: CellRuntime, request: ExecuteCell): Promise<Json> {
  try {
    return toPlainJson(await runCell(runtime, request), "execute_reply");
  } catch (error) {
    const evalue = `The kernel could not say how the cell ended. ${describe(error)}`;
    const content = { ename: "KernelError", evalue, traceback: [evalue] };
    runtime.output.publish(request.id, "error", content);
    return { status: "error", ...content };
  }
}

/** Without calling anything of the error's own but its message, which may be what failed. */
function describe(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : "";
  } catch {
    return "";
  }
}
