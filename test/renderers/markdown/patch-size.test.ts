import { describe, expect, test } from "vitest";
import { LAG_LIMITS } from "../../../renderers/markdown/lag-net.js";
import { createMarkdownStream, createTunedStream } from "../../../renderers/markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { makeAdversarial } from "./adversarial.js";
import { createPatchedDocument } from "./expect-exact.js";

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

/** A clock that stands still: nothing is sent because time has passed, the same on every machine. */
const lag = { ...LAG_LIMITS, now: () => 0 };

/** What may be sent besides: what an update will send is an estimate. */
const FREE = 4_096;

const TEXTS: Readonly<Record<string, string>> = {
  "runs of backticks": fill(20_000, (i) => `${"`".repeat(1 + (i % 7))} x${i} `),
  "long runs of backticks": fill(20_000, (i) => `${"`".repeat(1 + (i % 40))} x `),
  "three thousand quote marks": `${">".repeat(3_000)}a`,
  "a list in a list, thirty deep": fill(8_000, (i) => `${"  ".repeat(i % 30)}- x\n`),
  "one item of many paragraphs": `- a\n${fill(8_000, (i) => `  paragraph ${i} of the item\n\n`)}`,
  "an image that is defined last": `${"![a][i] ".repeat(500)}\n\n[i]: data:image/png;base64,${"A".repeat(3_000)}\n`,
  "a long address that is defined last": `${"[a] ".repeat(1_000)}\n\n[a]: https://e.com/${"A".repeat(1_500)}\n`,
  "fences that seem to end": `\`\`\`js\n${fill(6_000, () => "``` x\n")}`,
  definitions: fill(6_000, (i) => `[a${i}]: /u${i}\n`),
  prices: fill(6_000, (i) => `$a${i} `),
};

const IS_SOAK = process.env.SOAK === "1";

/** Texts for each size of piece, and the longest of them, in characters. */
const TEXTS_EACH = IS_SOAK ? 400 : 24;
const LONGEST = IS_SOAK ? 4_000 : 1_500;

/** What the patches hold, beside the larger of the final HTML and the text: definitions alone have no HTML at all. */
function measureSent(text: string, chunk: number): { sent: number; allowed: number } {
  const stream = createTunedStream({}, { lag });
  const page = createPatchedDocument();
  let sent = 0;
  const take = (patches: ReturnType<typeof stream.append>): void => {
    for (const { html } of patches) sent += html.length;
    page.apply(patches);
  };
  for (let at = 0; at < text.length; at += chunk) take(stream.append(text.slice(at, at + chunk)));
  take(stream.end());
  const full = renderMarkdownHtml(text);
  expect(page.html() === full).toBe(true);
  return { sent, allowed: 4 * Math.max(full.length, text.length) + lag.freeSent + FREE };
}

describe.each([1, 4, 12, 40])(
  "in pieces of %i characters, at most four times the document, and 32 kB, is sent",
  (chunk) => {
    test.each(Object.keys(TEXTS))("for %s", (name) => {
      const { sent, allowed } = measureSent(TEXTS[name]!, chunk);
      expect(sent).toBeLessThanOrEqual(allowed);
    });

    test("for texts made to be hard on it", { timeout: 3_600_000 }, () => {
      for (const text of makeAdversarial(chunk, TEXTS_EACH, LONGEST)) {
        const { sent, allowed } = measureSent(text, chunk);
        if (sent > allowed) expect({ text: text.slice(0, 200), sent }).toEqual({ sent: allowed });
      }
    });
  },
);
