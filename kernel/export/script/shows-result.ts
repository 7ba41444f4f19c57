import type { ParsedCell } from "../../compile/typescript/read-cell.js";
import type { SyntaxNode } from "../../compile/typescript/syntax-tree.js";
import type { CodeCell } from "../../notebook/notebook.js";

/** Functions whose value a notebook does not show, or that have none. */
const SHOWN_ALREADY =
  /^(?:console\.\w+|display(?:_claude_response|ClaudeResponse|_\w+)?|render_markdown|renderMarkdown|claude|tslab\.display\.\w+)$/;

/**
 * Whether the notebook shows the value of a cell. A cell that has run says so by its outputs; of another one it is taken from the
 * last expression: nothing ends it with a semicolon, and it is worth showing.
 *
 * @param isTslab in tslab's notebooks a semicolon hides nothing
 */
export function showsResult(cell: CodeCell, parsed: ParsedCell, isTslab: boolean): boolean {
  const last = parsed.body.at(-1);
  const value =
    parsed.result ?? (isTslab && last?.type === "ExpressionStatement" ? last.expression : undefined);
  if (!value) return false;
  if (!isTslab && cell.execution_count !== null)
    return cell.outputs.some((output) => output.output_type === "execute_result");
  return isWorthShowing(value, parsed.text);
}

function isWorthShowing(value: SyntaxNode, text: string): boolean {
  if (/^(?:AssignmentExpression|UpdateExpression)$/.test(value.type)) return false;
  if (value.type === "AwaitExpression" || value.type === "ParenthesizedExpression")
    return isWorthShowing(value.argument ?? value.expression, text);
  if (value.type !== "CallExpression") return true;
  return !SHOWN_ALREADY.test(text.slice(value.callee.start, value.callee.end));
}
