import { expect, test } from "vitest";
import { parsePartialJson } from "../../../renderers/response/partial-json.js";

test.each([
  ["", undefined],
  ["{", {}],
  ['{"a', {}],
  ['{"a":', {}],
  ['{"a": "b', { a: "b" }],
  ['{"a": "b\\', { a: "b" }],
  ['{"a": "b\\\\', { a: "b\\" }],
  ['{"a": "b\\u00', { a: "b" }],
  ['{"a": "b\\n', { a: "b\n" }],
  ['{"a": 12', {}],
  ['{"a": 12,', { a: 12 }],
  ['{"a": tru', {}],
  ['{"a": true', { a: true }],
  ['[1, [2, {"x": null', [1, [2, { x: null }]]],
  ['{"a": "b", "c": [{"d": "e', { a: "b", c: [{ d: "e" }] }],
  ["not json", undefined],
  ['{"a": }', {}],
])("reads %j as %j", (text, expected) => {
  expect(parsePartialJson(text)).toEqual(expected);
});

test("every beginning of a JSON text reads as a beginning of its value", () => {
  const value = {
    file_path: 'a"b\\c.ts',
    list: [1.5, -2e3, true, null, { k: "ü\u2028\n" }],
    content: "x\n\ty",
  };
  const json = JSON.stringify(value, null, 1);
  for (let i = 1; i <= json.length; i++) {
    const read = parsePartialJson(json.slice(0, i)) as typeof value;
    if (read.file_path) expect(value.file_path.startsWith(read.file_path)).toBe(true);
    if (read.content) expect(value.content.startsWith(read.content)).toBe(true);
  }
  expect(parsePartialJson(json)).toEqual(value);
});

test("a key named __proto__ is a key like any other", () => {
  const read = parsePartialJson('{"__proto__": {"polluted": true}, "a": "') as object;
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("100,000 open brackets neither overflow nor take long", () => {
  expect(() => parsePartialJson("[".repeat(100_000))).not.toThrow();
  expect(() => parsePartialJson('{"a":'.repeat(100_000))).not.toThrow();
});
