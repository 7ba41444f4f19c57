import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { renderMarkdownHtml } from "../../../renderers/markdown/render-markdown-html.js";
import { chunksOf, expectExactAtEveryPrefix } from "./expect-exact.js";
import { createRandom } from "./random.js";

vi.setConfig({ testTimeout: 180_000 });

interface Example {
  readonly number: number;
  readonly markdown: string;
  readonly html: string;
}

const examples: readonly Example[] = readFileSync(`${import.meta.dirname}/fixtures/gfm.txt`, "utf8")
  .split(/^=== /m)
  .slice(1)
  .map((text) => {
    const [, number, markdown, html] = /^(\d+)[^\n]*\n([\s\S]*)---8<---\n([\s\S]*)$/.exec(text)!;
    return { number: Number(number), markdown: markdown!, html: html! };
  });

/** Where we differ from GitHub, and why. */
const DIFFERENT: ReadonlyMap<number, string> = new Map([
  [491, "one tilde is no strikethrough: `~` means about"],
  [493, "three tildes are one and two"],
  [626, "a closing parenthesis without its opening one ends an address"],
  [627, "a semicolon ends no address"],
  [630, "addresses of people are not linked: `git@host` is none"],
  [631, "addresses of people are not linked"],
  [632, "addresses of people are not linked"],
  [634, "xmpp is not on the allowlist"],
  [635, "xmpp is not on the allowlist"],
]);

/** GitHub's HTML as we write it: task boxes as characters, alignment as style, `<s>`; and line breaks between tags do not count. */
function inOurForm(html: string): string {
  return html
    .replace(/<input checked="" disabled="" type="checkbox">/g, "☑")
    .replace(/<input disabled="" type="checkbox">/g, "☐")
    .replace(/ align="(\w+)"/g, ' style="text-align:$1"')
    .replace(/<(\/?)del>/g, "<$1s>")
    .replace(/ rel="noopener noreferrer"/g, "")
    .replace(/&#39;/g, "'")
    .replace(/>\s+</g, "><")
    .trim();
}

test("there are 27 examples, of tables, task lists, strikethrough and autolinks", () => {
  expect(examples).toHaveLength(27);
});

describe("GitHub's extensions are read as GitHub reads them", () => {
  test.each(examples.filter(({ number }) => !DIFFERENT.has(number)))(
    "example $number",
    ({ markdown, html }) => {
      expect(inOurForm(renderMarkdownHtml(markdown))).toBe(inOurForm(html));
    },
  );

  test.each([...DIFFERENT])("but example %i: %s", (number) => {
    const { markdown, html } = examples.find((example) => example.number === number)!;
    expect(inOurForm(renderMarkdownHtml(markdown))).not.toBe(inOurForm(html));
  });
});

describe.each([0, 400])(
  "equals the full render at every prefix, growing blocks from %i characters",
  (growFrom) => {
    test("of each example, character by character and in random chunks", () => {
      const random = createRandom(5);
      for (const { markdown } of examples) {
        expectExactAtEveryPrefix([...markdown], growFrom);
        for (let i = 0; i < 5; i++) expectExactAtEveryPrefix(chunksOf(markdown, 12, random), growFrom);
      }
    });

    test("of mixtures of examples", () => {
      const random = createRandom(6);
      for (let i = 0; i < 200; i++) {
        const parts = Array.from({ length: 2 + Math.floor(random() * 4) }, () => {
          const { markdown } = examples[Math.floor(random() * examples.length)]!;
          return markdown + (random() < 0.5 ? "\n" : "");
        });
        expectExactAtEveryPrefix(chunksOf(parts.join(""), 9, random), growFrom);
      }
    });
  },
);
