import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { adaptConsole } from "../../../kernel/run/adapt-console.js";

/** What a program writes with a console, hastened or as Node has it. */
function written(program: (console: Console) => void, hastened: boolean): string {
  const stream = new PassThrough();
  const console = new Console(stream);
  if (hastened) adaptConsole(console, { stdout: stream, check: () => {} });
  program(console);
  return String(stream.read() ?? "");
}

test.each<[string, (console: Console) => void]>([
  [
    "strings, with and without placeholders",
    (c) => {
      c.log("a %s");
      c.log("b %s", 1);
      c.log("");
      c.info("i");
    },
  ],
  ["no value", (c) => c.log()],
  ["values of other kinds", (c) => [1, undefined, { a: 1 }, ["x"]].forEach((each) => void c.log(each, each))],
  [
    "groups inside each other",
    (c) => {
      c.group("outer");
      c.log("one");
      c.groupCollapsed();
      c.log("two\nlines");
      c.groupEnd();
      c.info("three");
      c.groupEnd();
      c.groupEnd();
      c.log("four");
    },
  ],
])("writes what Node's console writes: %s", (_what, program) => {
  const expected = written(program, false);
  expect(expected).not.toBe("");
  expect(written(program, true)).toBe(expected);
});

test("works when it is passed around without its object", () => {
  expect(written((c) => ["a", "b"].forEach((each) => void [each].forEach(c.log)), true)).toMatch(/^a 0/);
  expect(written(({ log }) => log("alone"), true)).toBe("alone\n");
});
