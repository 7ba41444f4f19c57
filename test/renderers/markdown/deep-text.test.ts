import { describe, expect, test } from "vitest";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { expectExactAtEveryPrefix } from "./expect-exact.js";

const stairs = (count: number): string =>
  Array.from({ length: count }, (_, i) => `${"  ".repeat(i)}- word${i}\n`).join("");

const TEXTS: readonly [string, string][] = [
  ["a hundred quotes", `${">".repeat(100)} SECRET *a* <b>\n\nAFTER`],
  ["three hundred quotes", `${">".repeat(300)} SECRET\n> AFTER`],
  ["fifty lists in one line", `${"- ".repeat(50)}SECRET\n\nAFTER`],
  ["lists below each other", `${stairs(60)}\nSECRET\n\n- AFTER\n`],
  ["numbered lists in quotes", `${"> 1. ".repeat(40)}SECRET\nAFTER`],
  ["notes in notes", `${"[^a]: ".repeat(120)}SECRET\n\nAFTER\n`],
  ["a fence that stands too deep", `${">".repeat(100)} \`\`\`\n${">".repeat(100)} SECRET\n${">".repeat(100)} \`\`\`\nAFTER`],
  ["a definition that stands too deep", `${">".repeat(100)} [SECRET]: /u\n\nAFTER [SECRET]`],
]; // biome-ignore format: a table

describe.each(TEXTS)("text in %s", (_what, text) => {
  test("is never hidden, and neither is what follows", () => {
    const html = renderMarkdownHtml(text);
    expect(html).toContain("SECRET");
    expect(html).toContain("AFTER");
  });

  test.each([0, 400])("is the same in a stream at every prefix, growing from %i characters", (growFrom) => {
    expectExactAtEveryPrefix([...text].length > 1_500 ? text.match(/[\s\S]{1,7}/g)! : [...text], growFrom);
  });
});

test("what is shown as it was written says so", () => {
  expect(renderMarkdownHtml(`${">".repeat(98)} a *b*`)).toContain("nested too deep");
  expect(renderMarkdownHtml(`${">".repeat(97)} a *b*`)).toContain("<em>b</em>");
});
