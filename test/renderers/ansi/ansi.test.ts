import { expect, test } from "vitest";
import { ansiHtmlLines } from "../../../renderers/ansi/ansi-html.js";
import { stripAnsi } from "../../../renderers/ansi/ansi-runs.js";
import { parseHtml } from "../../support/html-page.js";

const html = (text: string): string => ansiHtmlLines(text).join("\n");

test("colours become Jupyter's classes with a literal colour beside them", () => {
  expect(html("\u001b[31mred\u001b[0m plain")).toMatch(
    /^<span class="ansi-red-fg" style="color:#[0-9a-f]{6}">red<\/span> plain$/,
  );
  expect(html("\u001b[1;92mok")).toContain('class="ansi-green-intense-fg ansi-bold"');
});

test("256 and true colours are kept, clamped to what a colour can be", () => {
  expect(html("\u001b[38;5;208mx")).toContain("color:#ff8700");
  expect(html("\u001b[38;2;1;2;300mx")).toContain("color:#0102ff");
  expect(html("\u001b[38;5;240mx")).toContain("color:#585858");
});

test("where a background is set, the text colour is set too", () => {
  for (const code of ["41", "103", "48;5;20", "48;2;250;250;250", "7", "31;42"]) {
    const style = /style="([^"]*)"/.exec(html(`\u001b[${code}mx`))![1]!;
    expect(style).toContain("background-color:");
    expect(style).toMatch(/(?:^|;)color:/);
  }
});

test("colours go on over line breaks, each line whole in itself", () => {
  expect(ansiHtmlLines("\u001b[32ma\nb\u001b[39m\nc")).toEqual([
    expect.stringMatching(/^<span.*>a<\/span>$/),
    expect.stringMatching(/^<span.*>b<\/span>$/),
    "c",
  ]);
});

test("a line that is written again and again shows its last state", () => {
  expect(stripAnsi("10 %\r50 %\r100 %\ndone\r\n")).toBe("100 %\ndone\n");
  expect(stripAnsi("abx\bc")).toBe("abc");
});

test.each([
  ["\u001b[2J\u001b[H\u001b[?25lx", "x"],
  ["\u001b]0;title\u0007x", "x"],
  ["\u001b]8;;https://e.example\u001b\\link\u001b]8;;\u001b\\", "link"],
  ["\u001b(Bx", "x"],
  ["x\u001b", "x"],
  ["x\u001b[", "x"],
  ["\u001b[38;5mx", "x"],
])("drops what sets no colour: %j", (text, expected) => {
  expect(stripAnsi(text)).toBe(expected);
  expect(parseHtml(html(text)).text).toBe(expected);
});

test("1 MB of broken sequences takes no longer than it is long", () => {
  const text = "\u001b[".repeat(250_000) + "\u001b]".repeat(250_000);
  expect(html(text).length).toBeLessThan(3_000_000);
});
