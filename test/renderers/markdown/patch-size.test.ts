import { expect, test } from "vitest";
import { createMarkdownStream } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";

/** Characters of a delta, about what the API sends at once. */
const CHUNK = 12;

const fill = (length: number, line: (i: number) => string): string => {
  let text = "";
  for (let i = 0; text.length < length; i++) text += line(i);
  return text;
};

test.each([
  [
    "prose",
    fill(20_000, (i) => `Sentence ${i} of a paragraph with **bold** words. ${i % 7 === 6 ? "\n\n" : ""}`),
  ],
  ["one list", fill(20_000, (i) => `- item ${i} with \`code\`\n`)],
  ["one table", `| a | b |\n| --- | --- |\n${fill(20_000, (i) => `| ${i} | value ${i} |\n`)}`],
  ["one fence", `\`\`\`ts\n${fill(20_000, (i) => `const value${i} = ${i};\n`)}\`\`\`\n`],
  [
    "quotes in quotes, sixty deep",
    fill(50_000, (i) => `${">".repeat(1 + (i % 60))} deep quote level ${i % 60}\n`),
  ],
])("the patches of %s hold at most four times the final HTML, and make it", (_what, text) => {
  const stream = createMarkdownStream();
  const blocks: string[] = [];
  let sent = 0;
  const take = (patches: ReturnType<typeof stream.append>): void => {
    for (const { block, keep, html } of patches) {
      blocks[block] = (blocks[block] ?? "").slice(0, keep) + html;
      sent += html.length;
    }
  };
  for (let at = 0; at < text.length; at += CHUNK) take(stream.append(text.slice(at, at + CHUNK)));
  take(stream.end());
  expect(blocks.join("")).toBe(renderMarkdownHtml(text));
  expect(sent / stream.html().length).toBeLessThanOrEqual(4);
});

test("text deep in quotes is never held back: until it is drawn it is shown as it is, without the marks", () => {
  const stream = createMarkdownStream();
  const text = fill(6_000, (i) => `${">".repeat(40)} word${i}\n`);
  for (let at = 0; at < text.length; at += CHUNK) {
    stream.append(text.slice(at, at + CHUNK));
    const complete = text.slice(0, at + CHUNK).match(/word\d+\n/g)?.length ?? 0;
    // A word that begins in what is drawn may end in what waits: the tags between them are no text.
    const shown = stream.html().replace(/<[^>]*>|\s/g, "");
    if (complete > 0) expect(shown).toContain(`word${complete - 1}`);
  }
});
