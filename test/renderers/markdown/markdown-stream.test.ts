import { expect, test } from "vitest";
import { createMarkdownStream } from "../../../renderers/markdown/markdown-stream.js";
import { expectExactAtEveryPrefix } from "./expect-exact.js";

test("carriage returns, NUL and line breaks split across chunks are read as in the whole", () => {
  for (const text of ["a\r\nb\r\n\r\nc", "a\rb\r\rc", "x\0y\n\n# z\0", "- a\r\n- b\r\n"]) {
    expectExactAtEveryPrefix([...text]);
  }
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

test("a link whose text is longer than a paragraph's pieces is a link", () => {
  const text = `Before [${"words in a link ".repeat(30)}](https://a.b) and ${"after it ".repeat(30)}`;
  expectExactAtEveryPrefix(text.match(/.{1,9}/g)!);
});

test("a list is loose only when the lines that stand say so", () => {
  expectExactAtEveryPrefix([..."- a\n- b\n- c\n\n--x\n"]);
  expectExactAtEveryPrefix([..."1. a\n2. b\n3. c\n\n4x\n"]);
});
