import { expect, test } from "vitest";
import { createResponse, renderMarkdownHtml, renderNotebookPage } from "../../renderers/index.js";

test("a long address that is used thousands of times does not grow the page without bound", () => {
  const text = `${"[a] ".repeat(9_000)}\n\n[a]: https://example.org/${"x".repeat(9_000)}\n`;
  expect(renderMarkdownHtml(text).length).toBeLessThan(2 * text.length);
});

test.each<[string, string]>([
  ["formulas of one letter", "$a".repeat(20_000)],
  ["what is no formula", "$#$ ".repeat(20_000)],
  ["formulas on lines of their own", "$$x'$$\n\n".repeat(8_000)],
  ["rows that are shorter than their table", `${"|a".repeat(500)}\n${"|-".repeat(500)}\n${"x\n".repeat(2_000)}`],
  ["small tables with short rows", `a|b|c\n-|-|-\n${"x\n".repeat(9)}\n`.repeat(2_000)],
  ["an address that is used everywhere", `${"[a] ".repeat(9_000)}\n\n[a]: https://example.org/${"x".repeat(1_900)}\n`],
])("%s make at most fifteen times their text, and a budget, of HTML", (_what, text) => {
  expect(renderMarkdownHtml(text).length).toBeLessThan(15 * text.length + 300_000);
}); // biome-ignore format: a table

test("an image that is defined once and shown a thousand times takes what one image may have", () => {
  const text = `${"![a][i] ".repeat(1_000)}\n\n[i]: data:image/png;base64,${"A".repeat(100_000)}\n`;
  expect(renderMarkdownHtml(text).length).toBeLessThan(8_100_000);
});

test("where the budget for formulas ends, one note says so, and each is shown as its source from there on", () => {
  const html = renderMarkdownHtml("$a$ and ".repeat(20_000));
  expect(html.match(/cn-note/g)).toHaveLength(1);
  expect(html).toContain("<code>$a$</code> and <code>$a$</code>");
  expect(html.split("<math").length).toBeGreaterThan(500);
});

test("a formula with a command that is not trusted is shown as its source", () => {
  const html = renderMarkdownHtml("$\\href{https://example.org}{x}$");
  expect(html).toContain('<code class="cn-math-source">$\\href{https://example.org}{x}$</code>');
  expect(renderMarkdownHtml("$x^2$")).toContain("<math");
});

test("what is no message and what is no cell is passed over", () => {
  const response = createResponse();
  for (const wrong of [null, undefined, 5, "text"]) response.apply(wrong as never);
  expect(response.parts).toEqual([]);
  for (const wrong of [
    {},
    { cells: null },
    { cells: [null, 5, { cell_type: "markdown", source: "kept" }] },
  ]) {
    expect(renderNotebookPage(wrong as never)).toContain("</html>");
  }
});
