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

test.each([
  "\\raisebox{50em}{\\colorbox{white}{\\text{fake}}}",
  "\\raisebox{-50em}{x}",
  "\\raisebox{1000pt}{x}",
  "\\raisebox{40cm}{x}",
  "\\raisebox{4em}{\\raisebox{4em}{x}}",
  "a\\hspace{-500em}b",
  "\\kern-500em x",
  "\\mkern-9000mu x",
  `${"\\kern-1em ".repeat(10)} x`,
  "\\rule[-400em]{1em}{1em}",
  "\\rule{5em}{1em}".repeat(30),
  "\\llap{\\colorbox{white}{fake}}",
  `\\llap{${"x".repeat(300)}}`,
  `${"{\\Huge ".repeat(9)} x${"}".repeat(9)}`,
])("a formula that would leave its place is shown as its source: %s", (formula) => {
  const html = renderMarkdownHtml(`$$\n${formula}\n$$`);
  expect(html).not.toContain("<math");
  expect(html).toContain("cn-math-source");
});

test.each([
  "\\raisebox{2pt}{x}",
  "a\\!b\\,c\\;d\\quad e\\qquad f",
  "\\colorbox{yellow}{a note}",
  "\\fcolorbox{red}{white}{x}",
  "\\sum_{\\mathclap{1\\le i\\le n}} x_i",
  "\\rule{3em}{1pt}",
  "{\\Large x} + {\\small y}",
  "x\\hspace{-0.3em}y \\kern-1pt z",
  "\\begin{aligned}a &= b \\\\[2em] c &= d\\end{aligned}",
  "\\underbrace{a+b}_{c} \\xrightarrow{f} \\boxed{d} \\not= \\neq",
])("a formula that moves a little is set: %s", (formula) => {
  expect(renderMarkdownHtml(`$$\n${formula}\n$$`)).toContain("<math");
});
