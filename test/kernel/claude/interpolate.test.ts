import { expect, test } from "vitest";
import { interpolate } from "../../../kernel/claude/interpolate.js";
import { hiddenValues } from "../../../kernel/claude/values/hidden-values.js";

const values: Record<string, unknown> = {
  city: "Bergen",
  rows: [{ name: "a", n: 1 }],
  count: 3,
  m: new Map([["k", 1]]),
  lazy: {
    get now() {
      throw new Error("the getter ran");
    },
  },
};
const read = (name: string) => (Object.hasOwn(values, name) ? { value: values[name] } : undefined);

test.each([
  ["in {city}, { count } times", "in Bergen, 3 times"],
  ["{rows[0].name} of {rows}", 'a of Array(1) [\n  {\n    name: "a",\n    n: 1,\n  },\n]'],
  ["{m.k}", "1"],
  ["write {{city}} so", "write {city} so"],
  [
    'keep {"a": {"b": 1}} and () => { return 1; } and {}',
    'keep {"a": {"b": 1}} and () => { return 1; } and {}',
  ],
])("%j becomes %j", (prompt, text) => {
  expect(interpolate(prompt, read)).toBe(text);
});

test.each([
  [
    "{nobody}",
    "No cell has declared nobody, which the prompt inserts by {nobody}. Write {{nobody}} for the text itself.",
  ],
  ["{process.env}", "No cell has declared process"],
  ["{rows.total}", 'rows has no own property "total".'],
  ["{city.constructor}", "city is string, which has no constructor."],
  ["{lazy.now}", '"now" of lazy is a getter, and reading it would run its code.'],
])("%j is an error that says why", (prompt, message) => {
  expect(() => interpolate(prompt, read)).toThrow(message);
});

test("inside an object credentials are masked and the process is not described; a text that is named goes in as it is", () => {
  const context = { user: "ann", password: "hunter2-5up3r", process };
  const find = (name: string) => ({ value: ({ context, word: "password: hunter2-5up3r" } as never)[name] });
  const said = interpolate(
    "{context} {word}",
    find,
    hiddenValues(() => false),
  );
  expect(said).toMatch(/user: "ann"[\s\S]*\[redacted\][\s\S]*process: \[process\]/);
  expect(said.endsWith("password: hunter2-5up3r")).toBe(true);
});
