import { expect, test } from "vitest";
import { clipOutputs } from "../../../kernel/export/clip-outputs.js";
import type { CodeCell } from "../../../kernel/notebook/notebook.js";

const showing = (data: Record<string, unknown>): CodeCell => ({
  cell_type: "code",
  metadata: {},
  source: "",
  execution_count: 1,
  outputs: [{ output_type: "display_data", metadata: {}, data }],
});
const shownOf = (data: Record<string, unknown>) => (clipOutputs(showing(data), false) as CodeCell).outputs[0];

test("words of a cell beyond four million characters are cut, with a note of how much", () => {
  const source = "word ".repeat(900_000);
  const clipped = clipOutputs({ cell_type: "markdown", metadata: {}, source }, false);
  expect(clipped.source).toMatch(/word \n… 500,000 more characters were left out$/);
});

test("words with a picture in them are left whole", () => {
  const cell = { cell_type: "markdown" as const, metadata: {}, source: `![](data:image/png;base64,${"A".repeat(3_000_000)})` };
  expect(clipOutputs(cell, false)).toEqual(cell);
}); // biome-ignore format: one line

test.each([
  ["texts", Array.from({ length: 90_000 }, () => "x".repeat(100))],
  ["numbers", Array.from({ length: 1_200_000 }, () => 1_234_567)],
  ["names of fields", Array.from({ length: 90_000 }, () => ({ ["n".repeat(100)]: 1 }))],
])(
  "JSON of more than eight million characters of %s is left out, with a note beside its text",
  (_what, value) => {
    expect(shownOf({ "application/json": value, "text/plain": "a list" })).toMatchObject({
      data: { "text/plain": "a list\n… application/json of more than 8,000,000 characters was left out" },
    });
  },
);

test("other JSON is left as it is, however deep", () => {
  const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
  const data = { "application/json": { list: ["x"], none: null }, "application/vnd.chart+json": deep };
  const output = shownOf(data) as { data: Record<string, unknown> };
  expect(output.data["application/json"]).toEqual(data["application/json"]);
  expect(output.data["application/vnd.chart+json"]).toBe(deep);
});
