import { expect, test } from "vitest";
import { renderOpenMarkdown } from "../../../renderers/markdown/open-markdown.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";

const TEXT =
  "# Plan\n\n1. **read** the file\n2. see [docs]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[docs]: https://a.b\n";

test("texts that grow in turns are each drawn as the full render has them", () => {
  for (let length = 1; length <= TEXT.length; length++) {
    const one = TEXT.slice(0, length);
    const other = `Other ${TEXT.slice(0, length)}`;
    expect(renderOpenMarkdown(one)).toBe(renderMarkdownHtml(one));
    expect(renderOpenMarkdown(other)).toBe(renderMarkdownHtml(other));
  }
});

test("a text that went another way is drawn anew", () => {
  renderOpenMarkdown("- a list that");
  expect(renderOpenMarkdown("- a table")).toBe(renderMarkdownHtml("- a table"));
});

test("more texts at once than are remembered are drawn right", () => {
  const texts = Array.from({ length: 20 }, (_, i) => `**text ${i}** with words`);
  for (let round = 1; round <= 3; round++) {
    for (const text of texts)
      expect(renderOpenMarkdown(text.slice(0, round * 6))).toBe(renderMarkdownHtml(text.slice(0, round * 6)));
  }
});
