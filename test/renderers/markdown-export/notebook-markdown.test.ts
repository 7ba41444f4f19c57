import { expect, test } from "vitest";
import { renderMarkdownBundle } from "../../../renderers/bundle/render-markdown-bundle.js";
import { renderNotebookMarkdown } from "../../../renderers/markdown-export/render-notebook-markdown.js";
import { renderSessionMarkdown } from "../../../renderers/markdown-export/render-session-markdown.js";
import type { NotebookCell, NotebookOutput } from "../../../renderers/page/notebook-document.js";

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const metadata = { language_info: { name: "typescript" } };

const code = (source: string, ...outputs: unknown[]): NotebookCell => ({
  cell_type: "code",
  source,
  outputs: outputs as NotebookOutput[],
});
const shown = (data: Record<string, unknown>) => ({ output_type: "display_data", data });
const render = (cells: readonly NotebookCell[], options = {}) =>
  renderNotebookMarkdown({ cells, metadata }, { pictureFolder: "x_files", ...options });

test("a notebook reads as its words, its code with the language, and what the code printed", () => {
  const { text } = render([
    { cell_type: "markdown", source: ["# Title\n", "\n", "Words."] },
    code("1 + 1", { output_type: "stream", name: "stdout", text: "a\n" }, { output_type: "stream", name: "stdout", text: "b\n" }),
    { cell_type: "raw", source: "raw <b>" },
  ]); // biome-ignore format: a line each
  expect(text).toBe(
    "# Title\n\nWords.\n\n```typescript\n1 + 1\n```\n\n```text\na\nb\n```\n\n```\nraw <b>\n```\n",
  );
});

test("a fence is longer than the ticks in what it holds", () => {
  const { text } = render([code("const a = `x`; // ```` four", shown({ "text/plain": "```\nout" }))]);
  expect(text).toContain("`````typescript\nconst a");
  expect(text).toContain("````text\n```\nout\n````");
});

test("colours of terminals are gone from outputs and tracebacks", () => {
  const traceback = ["\u001b[31mTypeError\u001b[0m: no", "  at \u001b[1mcell\u001b[0m"];
  const { text } = render([
    code("x", { output_type: "error", ename: "TypeError", evalue: "no", traceback }),
    code("y", { output_type: "error", ename: "RangeError", evalue: "too far", traceback: [] }),
  ]);
  expect(text).toContain("```text\nTypeError: no\n  at cell\n```");
  expect(text).toContain("RangeError: too far");
  expect(text).not.toContain("\u001b");
});

test.each([
  ["our parts before all", { ...renderMarkdownBundle("**part**"), "image/png": PIXEL, "text/markdown": "stored" }, "**part**"],
  ["a picture before HTML and text", { "image/png": PIXEL, "text/html": "<b>h</b>", "text/plain": "p" }, "![picture](x_files/cell-1-1.png)"],
  ["markdown before text", { "text/markdown": "*m*", "text/plain": "p" }, "*m*"],
  ["text before HTML", { "text/html": "<b>h</b>", "text/plain": "p" }, "```text\np\n```"],
  ["the words of HTML that comes alone", { "text/html": "<style>a{}</style><table><tr><td>1</td><td>2</td></tr></table>" }, "```text\n1  2\n```"],
  ["a formula", { "text/latex": "$$e^x$$" }, "```math\ne^x\n```"],
  ["JSON", { "application/json": { a: 1 } }, '```json\n{ "a": 1 }\n```'],
  ["a note where nothing can be shown", { "application/x-thing": 1 }, "*(output of type application/x-thing, which a text cannot show)*"],
  ["a note where a picture is none", { "image/png": "<script>" }, "*(output of type image/png, which a text cannot show)*"],
])("of a value is shown %s", (_what, data, wanted) => {
  expect(render([code("", shown(data))]).text.trim()).toBe(wanted);
}); // biome-ignore format: a line each

test("pictures are files whose names follow from their places, or stand in the text", () => {
  const cells = [code("", shown({ "image/svg+xml": "<svg></svg>" }), shown({ "image/png": `${PIXEL}\n` }))];
  const { text, pictures } = render(cells, { pictureFolder: "a (b)_files" });
  expect(text).toBe(
    "![picture](a%20%28b%29_files/cell-1-1.svg)\n\n![picture](a%20%28b%29_files/cell-1-2.png)\n",
  );
  expect(pictures).toEqual([
    { name: "cell-1-1.svg", data: "<svg></svg>", encoding: "utf8" },
    { name: "cell-1-2.png", data: PIXEL, encoding: "base64" },
  ]);
  const embedded = render(cells, { pictureFolder: undefined });
  expect(embedded.pictures).toEqual([]);
  expect(embedded.text).toContain(`![picture](data:image/png;base64,${PIXEL})`);
});

test("attachments become pictures, and one that is missing says so", () => {
  const source = "![a plot](attachment:my%20plot.png) ![](attachment:../../no.png)";
  const attachments = { "my plot.png": { "image/png": PIXEL } };
  const { text, pictures } = render([{ cell_type: "markdown", source, attachments }]);
  expect(text).toBe("![a plot](x_files/cell-1-my-plot.png) *(picture .._.._no.png, which is missing)*\n");
  expect(pictures.map(({ name }) => name)).toEqual(["cell-1-my-plot.png"]);
});

test("HTML of words, answers and errors stays text", () => {
  const evil = "<script>alert(1)</script><img src=x onerror=alert(1)>";
  const { text } = render([
    { cell_type: "markdown", source: evil },
    code("", shown({ "text/markdown": evil }), shown(renderMarkdownBundle(evil)), shown({ "x/<script>": 1 })),
  ]);
  expect(text.replace(/&lt;/g, "")).not.toContain("<");
});

test("damaged cells and outputs cost nothing but themselves", () => {
  const cells = [null, 5, { cell_type: "other", source: 1 }, { ...code("ok"), outputs: [null, { output_type: "odd" }] }];
  const { text } = render(cells as unknown as NotebookCell[]);
  expect(text).toContain("```typescript\nok\n```");
  expect(text).toContain("unknown type odd");
  expect(renderNotebookMarkdown({ cells: 5 as unknown as [] }).text).toBe("\n");
}); // biome-ignore format: a line each

test("a cell of a magic has the language of its words, and --hide-code leaves code out", () => {
  const cells = [code("%%claude\nHow many?"), code("%%bash\nls", shown({ "text/plain": "a.txt" }))];
  expect(render(cells).text).toContain("```markdown\n%%claude");
  expect(render(cells).text).toContain("```bash\n%%bash");
  expect(render(cells, { hideCode: true }).text).toBe("```text\na.txt\n```\n");
});

test("a conversation is prompts as quotations and answers below them", () => {
  const part = { id: "1", type: "text", state: "done", text: "Answer <b>." } as const;
  const text = renderSessionMarkdown([{ prompt: "First\n<i>line", parts: [part] }], { title: "A talk" });
  expect(text).toBe("# A talk\n\n## Turn 1\n\n> First\n> &lt;i>line\n\nAnswer &lt;b>.\n");
});

test.each([
  ["blanks", (n: number) => `${" ".repeat(n)}x`],
  ["breaks", (n: number) => `${"\n".repeat(n)}x`],
  ["openings of images", (n: number) => "![".repeat(n)],
  ["openings of attachments", (n: number) => "![](attachment:".repeat(n)],
  ["ticks", (n: number) => "` ``".repeat(n)],
  ["openings of links", (n: number) => "[a](".repeat(n)],
  ["signs of formulas", (n: number) => `$${"$ ".repeat(n)}`],
])("a cell and an output of nothing but %s take a time that grows with them alone", (_what, write) => {
  const text = write(200_000);
  const cells = ["text/plain", "text/markdown", "text/latex", "text/html"].map((type) =>
    code("", shown({ [type]: text })),
  );
  const { pictures } = render([{ cell_type: "markdown", source: text }, code(text), ...cells]);
  expect(pictures).toEqual([]);
});
