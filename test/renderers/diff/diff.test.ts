import { expect, test } from "vitest";
import { hunksOfPatch, hunksOfTexts } from "../../../renderers/diff/diff-hunks.js";
import { diffHtmlLines, diffTextLines } from "../../../renderers/diff/diff-lines.js";
import { findWordMarks, markRuns } from "../../../renderers/diff/word-marks.js";
import { parseHtml } from "../../support/html-page.js";

test("numbers follow both versions of the file", () => {
  const hunks = hunksOfPatch([
    { oldStart: 9, newStart: 10, lines: [" a", "-b", "+c", "+d", " e", "\\ No newline at end of file"] },
  ])!;
  expect(diffTextLines(hunks)).toEqual([" 9 10   a", "10    - b", "   11 + c", "   12 + d", "11 13   e"]);
});

test("HTML and text of a diff say the same", () => {
  const hunks = hunksOfTexts("a\nb\nc\n", "a\nB\nc\n");
  const shown = parseHtml(diffHtmlLines(hunks, "ts").join("")).text.trimEnd().replaceAll("−", "-");
  expect(shown).toBe(diffTextLines(hunks).join("\n"));
});

test.each([
  [undefined],
  [[]],
  [[{ lines: "x" }]],
  [[null]],
  [[{ oldStart: "1", newStart: 1, lines: [] }]],
  ["x"],
])("a patch of another shape is refused: %j", (patch) => {
  expect(hunksOfPatch(patch)).toBeUndefined();
});

test("only the words that changed are marked", () => {
  const lines = [
    { sign: "-", text: "return a.filter(x)" },
    { sign: "+", text: "return a.map(x)" },
  ] as const;
  const marks = findWordMarks(lines);
  const marked = lines.map((line) =>
    markRuns([{ text: line.text, className: "" }], marks.get(line) ?? [])
      .filter((run) => run.marked)
      .map((run) => run.text),
  );
  expect(marked).toEqual([["filter"], ["map"]]);
});

test("lines that have nothing in common are not marked", () => {
  expect(
    findWordMarks([
      { sign: "-", text: "alpha beta" },
      { sign: "+", text: "gamma delta" },
    ]).size,
  ).toBe(0);
});

test("texts of 1 MB are compared in bounded time", () => {
  const text = (seed: number): string =>
    Array.from({ length: 50_000 }, (_, i) => `line ${i * seed}`).join("\n");
  expect(hunksOfTexts(text(1), text(7))[0]!.lines).toHaveLength(100_000);
});
