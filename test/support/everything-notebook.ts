import { renderParts } from "../../renderers/bundle/render-parts.js";
import type { NotebookDocument, NotebookOutput } from "../../renderers/page/notebook-document.js";
import { createResponse } from "../../renderers/response/response.js";
import { exampleTurn } from "../renderers/response/messages.js";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const display = (data: Record<string, unknown>): NotebookOutput => ({
  output_type: "display_data",
  data,
  metadata: {},
});

/** What Claude did, an output for each part, as a cell stores it. */
function answer(): NotebookOutput[] {
  const response = createResponse({ id: "everything" });
  for (const message of exampleTurn(true)) response.apply(message);
  const failed = { id: "t", type: "tool", state: "failed", name: "Bash", input: { command: "exit 1" }, result: { content: "boom", isError: true }, children: [] } as const; // biome-ignore format: one line
  return [...response.parts, failed].map((part, i) =>
    display({ ...renderParts([part], { includeStyle: i === 0, response: "everything" }) }),
  );
}

const words = (...lines: string[]) => ({ cell_type: "markdown", metadata: {}, source: lines.join("\n") });
let count = 0;
const code = (source: string, ...outputs: NotebookOutput[]) => ({
  cell_type: "code",
  id: `code-${++count}`,
  metadata: {} as Record<string, unknown>,
  execution_count: count,
  source,
  outputs,
});
const tagged = (tag: string, source: string) => ({
  ...code(source, { output_type: "stream", name: "stdout", text: `output of ${tag}\n` }),
  metadata: { tags: [tag] },
});

/** A notebook with one of each thing that a page must show, fold, note or leave out. */
export const everythingNotebook: NotebookDocument & Record<string, unknown> = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: "claude-notebook", display_name: "TypeScript (Claude)", language: "typescript" },
    language_info: { name: "typescript" },
  },
  cells: [
    words("# Everything", "", "Text with **bold**, `code`, [a link](https://example.com) and $a^2 + b^2$.", "", "$$\\int_0^1 x\\,dx$$"),
    words("## Tables", "", "| a | b |", "| --- | --: |", "| one | 1 |", "", "### Lists", "", "- [x] done", "- [ ] open", "", "> quoted", "", "1. first", "", "```ts", "const inWords = 1;", "```", "", "![missing](attachment:gone.png)"),
    code(`const long = "${"x".repeat(300)}";\nconsole.log(long);`, { output_type: "stream", name: "stdout", text: `${Array.from({ length: 40 }, (_, i) => `line ${i}`).join("\n")}\n` }),
    code("console.error(1)", { output_type: "stream", name: "stderr", text: "\u001b[31mred\u001b[0m \u001b[1;33mwarn\u001b[0m\n" }),
    code("throw new Error('bad')", { output_type: "error", ename: "Error", evalue: "bad", traceback: ["\u001b[31mError\u001b[0m: bad", "    at cell 1:1"] }),
    code("table", display({ "text/html": '<table class="dataframe"><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1.5</td></tr></tbody></table>', "text/plain": "a 1.5" })),
    code("png", display({ "image/png": PNG, "text/plain": "<picture>" })),
    code("svg", display({ "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>' })),
    code("vega", display({ "application/vnd.vegalite.v5+json": { mark: "bar" }, "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "text/plain": "a chart" })),
    code("plotly", display({ "application/vnd.plotly.v1+json": { data: [] }, "text/html": "<div><script>draw()</script></div>", "text/plain": "a plotly chart" })),
    code("latex", display({ "text/latex": "$\\displaystyle \\frac{1}{2}$", "text/plain": "1/2" })),
    code("json", display({ "application/json": { a: [1, null, "x"] } })),
    code("md", display({ "text/markdown": "*from markdown*" })),
    code("strange", display({ "application/x-strange": "strange data" })),
    code("await display_claude_response(query('?'))", ...answer()),
    tagged("remove_cell", "secretCell()"),
    tagged("remove_input", "secretInput()"),
    tagged("remove-output", "keptInput()"),
    tagged("hide-input", "foldedInput()"),
    { cell_type: "raw", metadata: {}, source: "raw text" },
  ],
}; // biome-ignore format: a cell a line
