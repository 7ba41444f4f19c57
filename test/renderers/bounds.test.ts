import { expect, test } from "vitest";
import { createResponse, renderMarkdownHtml, renderNotebookPage } from "../../renderers/index.js";

test("a long address that is used thousands of times does not grow the page without bound", () => {
  const text = `${"[a] ".repeat(9_000)}\n\n[a]: https://example.org/${"x".repeat(9_000)}\n`;
  expect(renderMarkdownHtml(text).length).toBeLessThan(2 * text.length);
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
