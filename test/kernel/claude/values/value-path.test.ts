import { expect, test } from "vitest";
import { dataAt, parsePath } from "../../../../kernel/claude/values/value-path.js";

test.each([
  ["rows", ["rows"]],
  [" rows [0] . name ", ["rows", 0, "name"]],
  [`a["b c"]['d'].$e`, ["a", "b c", "d", "$e"]],
  ['a["q\\"uote"]', ["a", 'q"uote']],
])("%j is read", (path, steps) => {
  expect(parsePath(path)).toEqual(steps);
});

test.each([
  "",
  "0",
  "rows.map(x)",
  "a + b",
  "a[b]",
  "a.",
  "a[`x`]",
  "process.exit()",
  `x${".a".repeat(1000)}`,
])("%j is refused, not evaluated", (path) => {
  expect(() => parsePath(path)).toThrow(/is no path/);
});

test("a path leads by own properties and Map keys, and through nothing that would run code", () => {
  const value = { list: [1, { deep: true }], map: new Map([["k", "v"]]), proxy: new Proxy({}, {}) };
  expect(dataAt(value, ["list", 1, "deep"], "v")).toBe(true);
  expect(dataAt(value, ["map", "k"], "v")).toBe("v");
  expect(() => dataAt(value, ["constructor"], "v")).toThrow("no own property");
  expect(() => dataAt(value, ["__proto__"], "v")).toThrow("no own property");
  expect(() => dataAt(value, ["proxy", "x"], "v")).toThrow("v.proxy is a proxy");
});
