import { expect, test } from "vitest";
import type { OptionName } from "../../../src/options/normalise-options.js";
import { optionTable } from "../../../src/options/option-table.js";
import { isPlainValue } from "../../../src/options/plain-values.js";

/** Of everything something. */
const values: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  1,
  1.5,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  "",
  " ",
  "text",
  "auto",
  "live",
  "default",
  "acceptAll",
  "ask",
  [],
  ["Read"],
  [""],
  [7],
  {},
  { A: "b" },
  { A: undefined },
  { A: 7 },
  new (class {
    readonly a = "b";
  })(),
  { type: "preset", preset: "claude_code" },
  { type: "preset", preset: "other" },
  { type: "preset", preset: "claude_code", append: 7 },
  () => {},
  new AbortController().signal,
  new URL("file:///tmp"),
];

test("no value that is told at a glance is one that the schema of its option refuses", () => {
  const names = Object.keys(optionTable) as OptionName[];
  const told = names.flatMap((name) =>
    values.filter((value) => isPlainValue(name, value)).map((value) => ({ name, value })),
  );
  expect(told.length).toBeGreaterThan(20);
  for (const { name, value } of told)
    expect(optionTable[name].schema.safeParse(value).success, `${name}: ${String(value)}`).toBe(true);
});
