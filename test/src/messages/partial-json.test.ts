import { expect, test } from "vitest";
import { createPartialJson } from "../../../src/messages/partial-json.js";

const values: unknown[] = [
  {},
  [],
  "a string",
  -1.5e-3,
  true,
  null,
  { a: [1, [2, { b: "c" }]], "": false, ü: '💡\u2028\n\t"\\/' },
  [[], [[]], {}, { a: {} }, 0, "", null],
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'),
];

test.each(values.map((value) => [JSON.stringify(value), value]))(
  "%s is whole at its end, however it was cut",
  (json, value) => {
    for (const size of [1, 2, 3, 7, 1_000]) {
      const partial = createPartialJson();
      for (let at = 0; at < json.length; at += size) {
        partial.push(json.slice(at, at + size));
        expect(() => partial.snapshot()).not.toThrow();
      }
      // A bare number or word is known to be whole by what follows it.
      partial.push(" ");
      expect(partial.snapshot()).toEqual(value);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  },
);

test("escapes that are cut are read when they are whole", () => {
  const partial = createPartialJson();
  partial.push('{"a":"x\\u00');
  expect(partial.snapshot()).toEqual({ a: "x" });
  partial.push("e9\\");
  expect(partial.snapshot()).toEqual({ a: "xé" });
  partial.push('n"}');
  expect(partial.snapshot()).toEqual({ a: "xé\n" });
});

test("a long input costs no more than its length", () => {
  const partial = createPartialJson();
  const content = "x".repeat(24);
  partial.push('{"content":"');
  for (let i = 0; i < 40_000; i++) {
    partial.push(content);
    partial.snapshot();
  }
  partial.push('"}');
  expect((partial.snapshot() as { content: string }).content).toHaveLength(960_000);
});

test.each(["}", "[1,}x]", "nonsense "])("%s is no JSON", (text) => {
  const partial = createPartialJson();
  expect(() => {
    partial.push(text);
    partial.push("]");
  }).toThrow(SyntaxError);
});
