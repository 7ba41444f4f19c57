import { expect, test } from "vitest";
import { readPage } from "../../../renderers/index-page/read-page.js";
import { renderIndexPage } from "../../../renderers/index-page/render-index-page.js";
import { renderNotebookPage } from "../../../renderers/page/render-notebook-page.js";
import { renderTurnsPage } from "../../../renderers/session/render-session-page.js";

const failed = { output_type: "error", ename: "TypeError", evalue: "no", traceback: [] };
const notebook = renderNotebookPage({
  cells: [
    { cell_type: "markdown", source: "# Returns\n\nWords of it." },
    { cell_type: "markdown", source: "## Data & more" },
    { cell_type: "code", source: "load('orders.csv')", outputs: [failed] },
  ],
});
const session = renderTurnsPage([
  { prompt: "Fix the join\nplease", parts: [{ id: "1", type: "text", state: "done", text: "Done now." }] },
  { prompt: "And test it", parts: [] },
]);

test("of a notebook's page the index knows title, headings, cells, errors and words", () => {
  const facts = readPage(notebook);
  expect(facts).toMatchObject({ title: "Returns", headings: ["Data & more"], cells: 3, errors: 1 });
  expect(facts.text).toContain("Words of it.");
  expect(facts.text).toContain("load('orders.csv')");
  expect(facts.text).not.toMatch(/color-scheme|addEventListener|querySelector/);
});

test("of a conversation's page the prompts are its headings", () => {
  const facts = readPage(session);
  expect(facts).toMatchObject({ title: "Fix the join", cells: 2, errors: 0 });
  expect(facts.headings).toEqual(["And test it"]);
  expect(facts.text).toContain("Done now.");
});

const entries = [
  { address: "a/returns.html", name: "a/returns.ipynb", page: notebook },
  { address: "javascript:x#?&.html", name: "talk <b>.jsonl", page: session },
];

test("the list names each page with its facts, and links to nothing else", () => {
  const html = renderIndexPage(entries, { title: "Mine & <i>" });
  expect(html).toContain("<title>Mine &amp; &lt;i&gt;</title>");
  expect(html).toContain('<a href="./a/returns.html">Returns</a>');
  expect(html).toContain("a/returns.ipynb · 3 cells <b class=\"failed\">✗ 1 error</b>");
  expect(html).toContain('<a href="./javascript%3Ax%23%3F%26.html">Fix the join</a>');
  expect(html).toContain("talk &lt;b&gt;.jsonl · 2 cells</span>");
  expect(html.match(/<a /g)).toHaveLength(2);
}); // biome-ignore format: as it is

test("the index loads nothing, runs one script that its policy knows, and is the same each time", () => {
  const html = renderIndexPage(entries);
  expect(html).toMatch(/default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/=]+'/);
  expect(html).not.toMatch(/(?:src|href|url)\s*[=(]\s*["']?(?:https?:|\/\/)/);
  expect(renderIndexPage(entries)).toBe(html);
});

test("what pages say cannot end the element that holds it for the search", () => {
  const page = renderNotebookPage({ cells: [{ cell_type: "raw", source: "</script><!--<script>alert(1)" }] });
  const html = renderIndexPage([{ address: "a.html", name: "a.ipynb", page }]);
  expect(html.match(/<script/g)).toHaveLength(2);
  const json = /<script type="application\/json" id="texts">(.*?)<\/script>/s.exec(html)![1]!;
  expect(JSON.parse(json)[0]).toContain("</script><!--<script>alert(1)");
});

test("a long page makes no large index", () => {
  const page = renderNotebookPage({ cells: [{ cell_type: "markdown", source: "word ".repeat(100_000) }] });
  expect(readPage(page).text.length).toBeLessThanOrEqual(100_000);
});
