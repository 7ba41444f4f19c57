import { formatValue } from "../display/format.js";
import type { ExecuteCell } from "../io/thread-messages.js";
import type { Json } from "../io/wire.js";
import { runCellMagic } from "../magics/run-cell-magic.js";
import { type Cell, createCell } from "./cell.js";
import type { CellRuntime } from "./cell-runtime.js";
import { createEvaluate } from "./evaluate-cell.js";
import { failCell } from "./fail-cell.js";
import type { Output } from "./output.js";
import { runStartupFiles } from "./startup-files.js";
import { evaluateExpressions } from "./user-expressions.js";

/**
 * Runs a cell: compile, evaluate, show the value or the error.
 *
 * @returns the content of the execute_reply.
 */
export async function runCell(runtime: CellRuntime, request: ExecuteCell): Promise<Json> {
  const { cells, output, journal, stacks } = runtime;
  const { code, userExpressions } = request;
  const cell = createCell(request, output, (error) => console.error(error));
  const evaluate = createEvaluate(runtime, cell);
  // A silent cell is a front end's own, and has the number of the user's cell before it.
  if (!cell.silent) journal.begin(cell, code);
  try {
    const evaluated = cells.run(cell, async () => {
      await runStartupFiles(runtime, cell, evaluate);
      return runCellMagic(code, { runtime, cell, evaluate });
    });
    // Here too: V8 may have ended the code in the middle, so that it never settles.
    const { value } = await cell.orInterrupted(evaluated);
    await cell.finish("ok");
    if (value !== undefined && !cell.silent) await showResult(output, cell, value);
    const user_expressions = await evaluateExpressions(userExpressions, evaluate, stacks);
    return { status: "ok", payload: [...cell.payload], user_expressions };
  } catch (error) {
    return await failCell(runtime, cell, code, error);
  } finally {
    journal.end(cell.id);
    cells.end(cell);
  }
}

async function showResult(output: Output, cell: Cell, value: unknown): Promise<void> {
  const data = await cell.orInterrupted(Promise.resolve(formatValue(value)));
  if (Object.keys(data).length === 0) return;
  output.publish(cell.id, "execute_result", { data, metadata: {}, execution_count: cell.executionCount });
}
