import { expect, test } from "vitest";
import { createMarkdownStream } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { parseHtml } from "../../support/html-page.js";
import { findUnsafe } from "../security/safe-html.js";

const countFormulas = (text: string): number => renderMarkdownHtml(text).split("<math ").length - 1;

test("a formula is MathML, and its source for readers that drop MathML", () => {
  const html = renderMarkdownHtml("with $x^2$ in it");
  expect(html).toContain("<msup><mi>x</mi><mn>2</mn></msup>");
  expect(html).toContain('<code class="cn-math-source" hidden>$x^2$</code>');
  expect(findUnsafe(html)).toEqual([]);
});

test.each([
  ["$x$", 1],
  ["a $x$, $y$ b", 2],
  ["$$x$$ in text", 1],
  ["$$\nx\n$$", 1],
  ["text\n$$\nx\n+ y\n$$\nmore", 1],
  ["> $$\n> x\n> $$", 1],
  ["- item\n  $$\n  x\n  $$", 1],
  ["$\\frac{1}{2}$", 1],
  ["it costs $5 and $10", 0],
  ["from $5 to $6", 0],
  ["a $ b $ c", 0],
  ["\\$x\\$", 0],
  ["`$x$`", 0],
  ["$$", 0],
  ["$$\nx\n\ny\n$$", 0],
  ["    $$\n    x\n    $$", 0],
])("%j has %i formulas", (text, count) => {
  expect(countFormulas(text)).toBe(count);
});

test("what is no formula is shown as it was written", () => {
  expect(renderMarkdownHtml("$\\nope{x}$ and $\\frac{1}$")).toBe(
    '<p><code class="cn-math-source">$\\nope{x}$</code> and <code class="cn-math-source">$\\frac{1}$</code></p>\n',
  );
});

test("a block that is not closed is text with its marks", () => {
  expect(renderMarkdownHtml("$$ is **much**\n\nnext")).toBe(
    "<p>$$ is <strong>much</strong></p>\n<p>next</p>\n",
  );
});

test.each([
  "$\\href{javascript:alert(1)}{x}$",
  "$\\url{javascript:alert(1)}$",
  "$\\includegraphics{http://a/b.png}$",
  "$\\htmlClass{x}{y} \\htmlStyle{color:red}{y} \\htmlData{a=b}{y}$",
  '$\\text{"><script>alert(1)</script>}$',
  '$\\textcolor{"><img onerror=x>}{y}$',
  "$\\def\\a{\\a\\a}\\a$",
  "$\\rule{9999em}{9999em}$",
])("%s neither runs, links, loads nor grows", (text) => {
  const html = renderMarkdownHtml(text);
  expect(findUnsafe(html)).toEqual([]);
  expect(html.length).toBeLessThan(2_000);
  expect(parseHtml(html).tags).not.toContain("a");
});

test("formulas of thousands of levels are shown as source", () => {
  expect(renderMarkdownHtml(`$$${"{".repeat(3_000)}x${"}".repeat(3_000)}$$`)).not.toContain("<math");
});

test("a formula that is being written is text until it closes", () => {
  const stream = createMarkdownStream();
  stream.append("$$\n\\sum_");
  expect(stream.html()).toBe("<p>$$\n\\sum_</p>\n");
  stream.append("k\n$$");
  expect(stream.html()).toContain("<munder>");
});
