import { formatValue } from "../display/format.js";
import type { Evaluate } from "./cell-runtime.js";
import { describeFailure } from "./fail-cell.js";
import { toPlainJson } from "./json-text.js";
import type { StackTraces } from "./stack-traces.js";

/**
 * Evaluates what a front end wants to know after a cell, each expression with its own outcome.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute
 */
export async function evaluateExpressions(
  expressions: Readonly<Record<string, string>>,
  evaluate: Evaluate,
  stacks: StackTraces,
): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  for (const [name, code] of Object.entries(expressions)) {
    try {
      const { value } = await evaluate(code, { commits: false, label: name });
      const data = toPlainJson(await formatValue(value), "user expression");
      results[name] = { status: "ok", data, metadata: {} };
    } catch (error) {
      results[name] = { status: "error", ...describeFailure(stacks, error, { label: name, code }) };
    }
  }
  return results;
}
