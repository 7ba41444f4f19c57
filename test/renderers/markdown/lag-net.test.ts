import { expect, test } from "vitest";
import { LAG_LIMITS } from "../../../renderers/markdown/lag-net.js";
import { createTunedStream } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { findUnsafe } from "../security/safe-html.js";
import { createPatchedDocument } from "./expect-exact.js";

/** A quote of 8,000 characters, which can not be drawn piece by piece. */
const LARGE = "> quoted **text** here\n".repeat(350);

function createClocked() {
  let time = 0;
  const stream = createTunedStream({}, { lag: { ...LAG_LIMITS, now: () => time } });
  return {
    stream,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

test("text after a large block is shown at once, as it was written, and safely", () => {
  const { stream } = createClocked();
  stream.append(LARGE);
  stream.append("> <b>new</b> **text**");
  expect(stream.html()).toContain("<p>&lt;b&gt;new&lt;/b&gt; **text**");
  expect(findUnsafe(stream.html())).toEqual([]);
});

test("it is drawn when a tenth of a second has passed, also when no more text comes", () => {
  const { stream, pass } = createClocked();
  stream.append(LARGE);
  stream.append("> **new**");
  pass(99);
  expect(stream.append("")).toEqual([]);
  pass(1);
  expect(stream.append("")).not.toEqual([]);
  expect(stream.html()).toBe(renderMarkdownHtml(`${LARGE}> **new**`));
});

test("it is drawn when the block has grown by an eighth", () => {
  const { stream } = createClocked();
  stream.append(LARGE);
  const more = "> **new**\n".repeat(Math.ceil(LARGE.length / 8 / 10));
  for (const line of more.match(/.*\n/g)!) stream.append(line);
  expect(stream.html()).toBe(renderMarkdownHtml(LARGE + more));
});

test("an update that took long is followed by a rest four times as long", () => {
  let time = 0;
  // Each look at the clock finds 50 ms passed: an update takes 50 ms, an append that does not update 50 ms too.
  const now = (): number => {
    time += 50;
    return time;
  };
  const stream = createTunedStream({}, { lag: { ...LAG_LIMITS, now } });
  stream.append(LARGE);
  const isUpdated = Array.from({ length: 50 }, () => {
    stream.append("a");
    return !/<p>a+$/.test(stream.html());
  });
  expect(isUpdated.filter(Boolean)).toHaveLength(Math.floor(50 / 4));
});

test("a character that comes in two halves is shown as one", () => {
  const { stream } = createClocked();
  stream.append(LARGE);
  stream.append("a\ud83c");
  stream.append("\udf89");
  expect(stream.html()).toContain("<p>a🎉");
});

test("a definition that is looked up everywhere waits too, and is exact when drawn", () => {
  const { stream, pass } = createClocked();
  const text = "see [x] here\n\n".repeat(500);
  stream.append(`${text}[x]: https://a.b/`);
  stream.append("c");
  stream.append("de");
  expect(stream.html()).toContain('href="https://a.b/c"');
  pass(100);
  stream.append("");
  expect(stream.html()).toBe(renderMarkdownHtml(`${text}[x]: https://a.b/cde`));
});

test("patches are the document while text waits, and the end is exact", () => {
  const { stream } = createClocked();
  const page = createPatchedDocument();
  const text = LARGE + "> a *b*\n".repeat(50);
  for (let at = 0; at < text.length; at += 7) {
    page.apply(stream.append(text.slice(at, at + 7)));
    expect(page.html() === stream.html()).toBe(true);
  }
  page.apply(stream.end());
  expect(page.html()).toBe(renderMarkdownHtml(text));
});
