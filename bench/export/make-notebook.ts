import { renderParts } from "../../renderers/bundle/render-parts.js";
import type { Part } from "../../renderers/response/parts.js";

/** How many cells it has. */
export const CELLS = 5;

/** What Claude did in the fourth cell. */
const ANSWER: readonly Part[] = [
  {
    id: "part-1",
    type: "tool",
    state: "done",
    name: "Bash",
    input: { command: "npm test -- returns", description: "Run the tests" },
    result: { content: "12 passed", structured: { stdout: "12 passed", stderr: "" }, isError: false },
    children: [],
    durationMs: 2100,
  },
  {
    id: "part-2",
    type: "text",
    state: "done",
    text: "The rate counts **returns without an order** twice.\n\n```ts\nconst rate = returns.length / orders.length;\n```\n\n$$r = \\frac{n}{m}$$",
  },
  { id: "part-3", type: "footer", state: "done", replayed: false, turns: 1, inputTokens: 1200, outputTokens: 90 },
]; // biome-ignore format: a part each

const TABLE = `<table class="dataframe"><thead><tr><th>month</th><th>returns</th></tr></thead><tbody>${Array.from(
  { length: 12 },
  (_, i) => `<tr><td>${i + 1}</td><td>${(i * 37) % 100}</td></tr>`,
).join("")}</tbody></table>`;

/** A notebook of five cells with one output of each kind, as Jupyter saves it; the same every time. */
export function makeNotebook(): object {
  const code = (count: number, source: string, ...outputs: object[]): object => ({
    cell_type: "code",
    execution_count: count,
    id: `code-${count}`,
    metadata: {},
    outputs,
    source: [source],
  });
  return {
    cells: [
      { cell_type: "markdown", id: "title", metadata: {}, source: ["# Returns\n", "\n", "How many come back, and why."] },
      code(1, 'console.log("12 months")', { output_type: "stream", name: "stdout", text: ["12 months\n"] }),
      code(2, "months", { output_type: "execute_result", execution_count: 2, metadata: {}, data: { "text/html": [TABLE], "text/plain": ["12 rows"] } }),
      code(3, 'await display_claude_response(query("Why is the rate so high?"))', {
        output_type: "display_data",
        metadata: {},
        data: renderParts(ANSWER, { includeStyle: true, response: "answer" }),
      }),
      code(4, "JSON.parse(months)", { output_type: "error", ename: "SyntaxError", evalue: "Unexpected token m", traceback: ["\u001b[31mSyntaxError\u001b[0m: Unexpected token m", "    at Cell 4:1"] }),
    ],
    metadata: { kernelspec: { display_name: "TypeScript (Claude)", language: "typescript", name: "claude-notebook" }, language_info: { file_extension: ".ts", name: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  }; // biome-ignore format: a cell each
}
