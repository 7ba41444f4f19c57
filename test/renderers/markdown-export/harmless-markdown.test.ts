import { expect, test } from "vitest";
import { harmlessMarkdown } from "../../../renderers/markdown-export/harmless-markdown.js";

test.each([
  ["an element", "<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"],
  ["a comment", "<!-- x --> <?php ?> <![CDATA[x]]>", "&lt;!-- x --> &lt;?php ?> &lt;![CDATA[x]]>"],
  ["an element in a quotation", "> <b>x</b>", "> &lt;b>x&lt;/b>"],
  ["an element between ticks of two items", "- ` a\n- <i>x</i> `", "- ` a\n- &lt;i>x&lt;/i> `"],
  ["an element between ticks of two cells", "| a | b |\n| - | - |\n| ` | <i>x |", "| a | b |\n| - | - |\n| ` | &lt;i>x |"],
  ["an element between ticks of two paragraphs", "a ` b\n\n<i>x</i> ` c", "a ` b\n\n&lt;i>x&lt;/i> ` c"],
  ["an element behind a tick that nothing closes", "a ` <i>x</i>", "a ` &lt;i>x&lt;/i>"],
  ["an element behind an escaped tick", "\\` <i>x</i> `", "\\` &lt;i>x&lt;/i> `"],
])("%s stays text", (_what, markdown, harmless) => {
  expect(harmlessMarkdown(markdown)).toBe(harmless);
}); // biome-ignore format: a line each

test.each([
  ["a fence", "```html\n<b>x</b>\n```"],
  ["a fence in a quotation", "> ~~~\n> <b>\n> ~~~"],
  ["an indented block", "text\n\n    <b>x</b>\n"],
  ["a span", "`<b>` and ``a ` <u>`` and `[a](javascript:x)`"],
  ["a span over two lines", "a `<b>\n<i>` c"],
  ["a span in a table", "| a |\n| - |\n| `Array<string>` |"],
  ["a comparison", "a < b, 3 <4 and a<=b"],
  ["an address in brackets", "<https://a.example/?b=c> <mailto:a@b.example> <a@b.example>"],
  ["a link", "[a](https://a.example/x(1)) and [b]: c"],
])("%s is left as it is", (_what, markdown) => {
  expect(harmlessMarkdown(markdown)).toBe(markdown);
});

test.each([
  "[a](javascript:alert(1))",
  "[a]( javascript:alert(1))",
  "[a](JaVaScript:alert(1))",
  "[a](&#106;avascript:alert(1))",
  "[a](&#x6a;avascript&colon;alert(1))",
  "[a](javascript\\:alert(1))",
  "[a](java&Tab;script:alert(1))",
  "[a](data:text/html;base64,PHNjcmlwdD4=)",
  "![a](data:image/svg+xml;base64,PHN2Zz4=)",
  "[a]: vbscript:x",
  "> [a]: javascript:x",
])("an address that runs something leads nowhere: %s", (markdown) => {
  const harmless = harmlessMarkdown(markdown);
  expect(harmless).toContain("#");
  expect(harmless).not.toMatch(/script\\?:|data:/i);
});

test("images that would load become links where the author has not written them", () => {
  const markdown = "![a](http://a.example/x.png) ![b](data:image/png;base64,AA==) `![c](http://c.example)`";
  expect(harmlessMarkdown(markdown)).toBe(markdown);
  expect(harmlessMarkdown(markdown, "link")).toBe(markdown.replace("![a]", "[a]"));
});

test("a long text of ticks and brackets takes no time that grows faster than it", () => {
  const markdown = `${"`".repeat(3_000)}${"<a ".repeat(20_000)}${"` ".repeat(20_000)}${"![](".repeat(20_000)}`;
  expect(harmlessMarkdown(markdown)).not.toMatch(/<a/);
});
