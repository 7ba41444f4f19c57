import { describe, expect, test, vi } from "vitest";
import { LAG_LIMITS } from "../../../renderers/markdown/lag-net.js";
import { createTunedStream } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { createPatchedDocument } from "./expect-exact.js";

/** Room for a machine that does much else; the tests count work, not time. */
vi.setConfig({ testTimeout: 180_000 });

/** A clock that stands still: what is large is then drawn again by growth only, the same on every machine. */
const lag = { ...LAG_LIMITS, now: () => 0 };

const lines = (length: number, line: (i: number) => string): string => {
  let text = "";
  for (let i = 0; text.length < length; i++) text += line(i);
  return text;
};

/** Each kind of text at a given length. */
const TEXTS: Readonly<Record<string, (length: number) => string>> = {
  "an answer of paragraphs, lists, tables and code": (length) =>
    lines(length, (i) => `## Step ${i}\n\nSome **bold** text and \`code\` in step ${i}.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| ${i} | x |\n\n\`\`\`ts\nconst a = ${i};\n\`\`\`\n\n`),
  "one line": (length) => lines(length, (i) => `word${i} and **bold** \`code\` [l](http://e.com/${i}) `),
  "one line without a blank": (length) => "x".repeat(length),
  "a paragraph of many lines": (length) => lines(length, (i) => `line ${i} with some words and *marks*\n`),
  "a list": (length) => lines(length, (i) => `- item ${i} with **bold** and \`code\`\n`),
  "a loose list": (length) => lines(length, (i) => `${i + 1}. item ${i}\n\n   more of it\n\n`),
  "a table": (length) => `| a | b |\n|---|---|\n${lines(length, (i) => `| cell ${i} | **b** \`c\` |\n`)}`,
  "a fence": (length) => `\`\`\`ts\n${lines(length, (i) => `const value${i} = call("text", ${i}); // why\n`)}`,
  "a fence of one line": (length) => `\`\`\`js\n${"a+".repeat(length / 2)}`,
  "a fence that seems to end at each line": (length) => `\`\`\`js\n${lines(length, (i) => `\`\`\` x${i}\n`)}`,
  "a quote": (length) => lines(length, (i) => `> quoted line ${i} with **bold**\n`),
  "nested quotes": (length) => lines(length, (i) => `${">".repeat(1 + (i % 60))} deep ${i}\n`),
  "a nested list": (length) => `- top\n${lines(length, (i) => `  - item ${i} with **bold**\n`)}`,
  "backticks": (length) => lines(length, (i) => `${"`".repeat(1 + (i % 7))} x${i} `),
  "open emphasis": (length) => lines(length, (i) => `**a${i} _b `),
  "prices": (length) => lines(length, (i) => `$a${i} `),
  "blanks": (length) => " ".repeat(length),
  "line breaks": (length) => "\n".repeat(length),
  "links before their definitions": (length) =>
    lines(length / 2, (i) => `See [topic ${i}][r${i}] for details.\n\n`) +
    lines(length / 2, (i) => `[r${i}]: https://example.com/path/${i}\n`),
  "one label looked up everywhere, with a long address": (length) =>
    `${lines(length / 2, (i) => `See [x] and [y] in ${i}.\n\n`)}[x]: https://example.com/${"a".repeat(length / 2)}\n`,
}; // biome-ignore format: a table of texts

function streamInChunks(text: string): { work: number; html: string; patched: string; sent: number } {
  const stream = createTunedStream({}, { lag });
  const page = createPatchedDocument();
  let sent = 0;
  for (let at = 0; at < text.length; at += 16) {
    const patches = stream.append(text.slice(at, at + 16));
    for (const patch of patches) sent += patch.html.length;
    page.apply(patches);
  }
  page.apply(stream.end());
  return { work: stream.work(), html: stream.html(), patched: page.html(), sent };
}

describe("the work grows with the length, and the end is the full render:", () => {
  test.each(Object.keys(TEXTS))("%s", (name) => {
    const short = streamInChunks(TEXTS[name]!(30_000));
    const text = TEXTS[name]!(60_000);
    const long = streamInChunks(text);
    expect(long.html === renderMarkdownHtml(text)).toBe(true);
    expect(long.patched === long.html).toBe(true);
    // Twice the text is twice the work, with room for the steps in which large regions are drawn.
    expect(long.work / Math.max(short.work, 1)).toBeLessThan(2.6);
    expect(long.work / text.length).toBeLessThan(160);
  });
});

test("a megabyte costs what is added, and is sent less than four times", () => {
  const text = TEXTS["an answer of paragraphs, lists, tables and code"]!(1_000_000);
  const { work, html, patched, sent } = streamInChunks(text);
  expect(work).toBeLessThan(12 * text.length);
  expect(sent).toBeLessThan(4 * html.length);
  expect(patched === html).toBe(true);
  expect(html === renderMarkdownHtml(text)).toBe(true);
});

test("one line of 200,000 characters is read piece by piece", () => {
  const text = TEXTS["one line"]!(200_000);
  expect(streamInChunks(text).work).toBeLessThan(40 * text.length);
});

test("10,000 brackets end as the full render has them", () => {
  const text = "[".repeat(10_000);
  const { work, html } = streamInChunks(text);
  expect(html).toBe(renderMarkdownHtml(text));
  expect(work).toBeLessThan(200 * text.length);
});
