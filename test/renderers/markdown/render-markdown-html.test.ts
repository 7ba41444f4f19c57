import { expect, test } from "vitest";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";

test("fenced code stands in a box with its language at the corner", () => {
  expect(renderMarkdownHtml("```ts\nconst a = 1;\n```")).toBe(
    '<div class="highlight cn-code"><span class="cn-lang">ts</span><pre><span class="k">const</span> a = <span class="mi">1</span>;</pre></div>\n',
  );
});

test("tables keep their alignment", () => {
  expect(renderMarkdownHtml("|a|b|\n|-|-:|\n|1|2|")).toContain('<td style="text-align:right">2</td>');
});

test("task lists, strikethrough and bare links are read as GitHub reads them", () => {
  const html = renderMarkdownHtml("- [x] done\n- [ ] open\n\n~~old~~ https://example.org/a");
  expect(html).toContain("<li>☑ done</li>");
  expect(html).toContain("<li>☐ open</li>");
  expect(html).toContain("<s>old</s>");
  expect(html).toContain('<a href="https://example.org/a" rel="noopener noreferrer">');
});

test("a domain in a sentence is not made a link", () => {
  expect(renderMarkdownHtml("see config.sh and example.com")).not.toContain("<a");
});

test("headings have ids only when the page gives them", () => {
  expect(renderMarkdownHtml("# A `b`")).toBe("<h1>A <code>b</code></h1>\n");
  expect(renderMarkdownHtml("# A `b`", { headingId: (text, level) => `${text}-${level}` })).toContain(
    '<h1 id="A b-1">',
  );
});
