import { expect, test } from "vitest";
import { renderParts } from "../../../renderers/bundle/render-parts.js";
import { countChanges, hunksOfPatch, hunksOfTexts } from "../../../renderers/diff/diff-hunks.js";
import { diffHtmlLines, diffTextLines } from "../../../renderers/diff/diff-lines.js";
import { pairLines } from "../../../renderers/diff/pair-lines.js";
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

test("a line is compared with the one it became, also when others were put in before it", () => {
  const removed = ["const total = sum(items);", "return total;"];
  const added = [
    "// all of them",
    "if (items.length === 0) return 0;",
    "const total = sum(prices);",
    "return total * rate;",
  ];
  expect(pairLines(removed, added)).toEqual([
    [0, 2],
    [1, 3],
  ]);
  const lines = [
    ...removed.map((text) => ({ sign: "-", text }) as const),
    ...added.map((text) => ({ sign: "+", text }) as const),
  ];
  const marks = findWordMarks(lines);
  expect(lines.map((line) => marks.get(line)?.map(([from, to]) => line.text.slice(from, to)))).toEqual([
    ["items"],
    [],
    undefined,
    undefined,
    ["prices"],
    [" * rate"],
  ]);
});

test("pairs of lines never cross, and large changes are paired by position", () => {
  expect(pairLines(["alpha one", "beta two"], ["beta two!", "alpha one!"])).toHaveLength(1);
  const many = Array.from({ length: 100 }, (_, i) => `line ${i}`);
  expect(pairLines(many, many.slice(1))).toHaveLength(99);
});

test("texts of 1 MB are compared in bounded time", () => {
  const text = (seed: number): string =>
    Array.from({ length: 50_000 }, (_, i) => `line ${i * seed}`).join("\n");
  expect(hunksOfTexts(text(1), text(7))[0]!.lines).toHaveLength(100_000);
});

test("texts of which no line is left are drawn as removed and added, and soon", { timeout: 15_000 }, () => {
  const lines = (name: string, count: number): string =>
    Array.from({ length: count }, (_, i) => `${name}${i}`).join("\n");
  const [before, after] = [lines("a", 6_000), lines("b", 6_000)];
  expect(countChanges(hunksOfTexts(before, after))).toEqual({ added: 6_000, removed: 6_000 });
  const edits = Array.from({ length: 40 }, (_, i) => ({
    old_string: lines(`a${i}-`, 299),
    new_string: lines(`b${i}-`, 299),
  }));
  const part = {
    id: "p",
    type: "tool",
    state: "done",
    name: "MultiEdit",
    input: { file_path: "a.txt", edits },
    children: [],
  } as const;
  const bundle = renderParts([part], { includeStyle: false, response: "r" });
  expect(bundle["text/plain"]).toContain("+11960 · −11960");
});

test("a patch whose lines take turns is marked in a time that grows with their number", {
  timeout: 15_000,
}, () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => ({ sign: i % 2 ? " " : "-", text: "a" }) as const);
  expect(findWordMarks(lines).size).toBe(0);
});
