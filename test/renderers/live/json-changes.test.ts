import { expect, test } from "vitest";
import { applyChanges, type Change, diffJson } from "../../../renderers/live/json-changes.js";

const pairs: readonly (readonly [what: string, before: unknown, after: unknown])[] = [
  ["a text that grows", { text: "Hel" }, { text: "Hello" }],
  ["a text that is corrected in the middle", ["abcdef"], ["abXdef"]],
  ["a field that comes", { a: 1 }, { a: 1, b: { c: [] } }],
  ["a field that goes", { a: 1, b: 2 }, { a: 1 }],
  ["a list that grows", [1], [1, { two: 2 }, [3]]],
  ["a list that shrinks and changes", [1, 2, 3], [4]],
  ["another type", { a: [1] }, { a: { 0: 1 } }],
  ["null and false", { a: null, b: false }, { a: false, b: null }],
  ["nothing", { a: [1, "x"] }, { a: [1, "x"] }],
  ["half a character that becomes whole", { a: "\ud83d" }, { a: "\ud83d\ude00" }],
];

test.each(pairs)("%s comes out the same on the other side", (_what, before, after) => {
  const wire = JSON.parse(JSON.stringify(diffJson(before, after))) as Change[];
  expect(applyChanges(before, wire)).toEqual(after);
  expect(applyChanges(before, diffJson(before, after))).toEqual(after);
});

test("a text that grows costs what was added, and nothing else is said", () => {
  const big = "x".repeat(100_000);
  const other = { text: big };
  const changes = diffJson([other, { text: big }], [other, { text: `${big}!` }]);
  expect(changes).toEqual([["~", [1, "text"], 100_000, "!"]]);
});

test("what did not change keeps its identity", () => {
  const before = [{ text: "a" }, { text: "b" }];
  const after = applyChanges(before, [["~", [1, "text"], 1, "c"]]) as typeof before;
  expect(after[0]).toBe(before[0]);
  expect(after[1]).toEqual({ text: "bc" });
  expect(before[1]).toEqual({ text: "b" });
});

test("fields that are undefined are as if they were not there", () => {
  expect(diffJson({ a: 1, b: undefined }, { a: 1, c: undefined })).toEqual([]);
});

const unfit: readonly Change[] = [
  ["~", [0, "text"], 99, "x"],
  ["=", [5], 1],
  ["=", [0, "a", "b"], 1],
  ["#", [0], 1],
  ["=", [0, "__proto__"], { polluted: true }],
  ["=", [0, "constructor", "prototype"], 1],
  ["-", [0, "__proto__"]],
];
test.each(unfit)("a change that does not fit is refused: %j", (...change) => {
  expect(() => applyChanges([{ text: "abc" }], [change as Change])).toThrow(RangeError);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("random documents survive ten thousand random changes", () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % below;
  };
  const value = (depth: number): unknown => {
    const kind = random(depth > 2 ? 3 : 5);
    if (kind === 0) return random(10);
    if (kind < 3) return "abcdefghij".slice(0, random(10)) + random(3);
    const items = Array.from({ length: random(4) }, () => value(depth + 1));
    return kind === 3 ? items : Object.fromEntries(items.map((item, i) => [`f${(i + random(2)) % 4}`, item]));
  };
  let state: unknown = value(0);
  for (let i = 0; i < 10_000; i++) {
    const next = value(0);
    expect(applyChanges(state, diffJson(state, next))).toEqual(next);
    state = next;
  }
});
