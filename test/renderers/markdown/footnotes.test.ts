import { expect, test } from "vitest";
import { createMarkdownStream } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { findUnsafe } from "../security/safe-html.js";

test("a note stands where it was written, under its label", () => {
  expect(renderMarkdownHtml("Fact[^1].\n\n[^1]: Source, *p. 3*\n")).toBe(
    '<p>Fact<sup>1</sup>.</p>\n<div class="cn-footnote">\n<p><sup>1</sup> Source, <em>p. 3</em></p>\n</div>\n',
  );
});

test("a mark without a note is text", () => {
  expect(renderMarkdownHtml("see [^9]")).toBe("<p>see [^9]</p>\n");
});

test("labels are compared as those of links are, and never mixed up with them", () => {
  const html = renderMarkdownHtml("a[^Note] [x][^note] [^note]\n\n[^note]: text\n");
  expect(html).toContain("a<sup>Note</sup>");
  expect(html).not.toContain("<a");
});

test("a note holds further blocks when they are indented", () => {
  const html = renderMarkdownHtml("[^a]: first\n\n    second\n\n    - item\n\nafter");
  expect(html).toContain("<p>second</p>\n<ul>\n<li>item</li>\n</ul>\n</div>\n<p>after</p>");
});

test("hostile labels are text", () => {
  const html = renderMarkdownHtml('x[^"><script>]\n\n[^"><script>]: y <script>\n');
  expect(findUnsafe(html)).toEqual([]);
  expect(html).toContain("<sup>&quot;&gt;&lt;script&gt;</sup>");
});

test("a note that comes later turns earlier marks, and sends only what they change", () => {
  const stream = createMarkdownStream();
  stream.append("A fact[^1] here.\n\nAnother block.\n\n");
  const patches = stream.append("[^1]: why\n\n");
  expect(stream.html()).toContain("fact<sup>1</sup> here");
  expect(patches.map(({ block }) => block)).toEqual([0, 2]);
  expect(patches.map(({ html }) => html).join("")).not.toContain("Another");
});
