import { expect, test } from "vitest";
import { withoutRemoved } from "../../../renderers/page/cell-tags.js";
import { renderNotebookPage } from "../../../renderers/page/render-notebook-page.js";
import { parseHtml } from "../../support/html-page.js";

const cell = (tags: unknown, metadata: object = {}) => ({
  cell_type: "code",
  source: "inputOf()",
  metadata: { tags, ...metadata },
  outputs: [{ output_type: "stream", name: "stdout", text: "outputOf" }],
});
const page = (...cells: object[]): string => renderNotebookPage({ cells: cells as never });
const shows = (html: string) => ({
  input: parseHtml(html).text.includes("inputOf()"),
  output: html.includes("outputOf"),
});

test.each([
  ["remove_cell", false, false],
  ["remove-cell", false, false],
  ["remove_input", false, true],
  ["remove-input", false, true],
  ["remove_output", true, false],
  ["remove-output", true, false],
  ["something-else", true, true],
])("a cell tagged %s shows its input: %s, its output: %s", (tag, input, output) => {
  expect(shows(page(cell([tag])))).toEqual({ input, output });
});

test.each([
  ["the tag hide-input", cell(["hide-input"]), "Code"],
  ["the tag hide_output", cell(["hide_output"]), "Output"],
  ["Jupyter's own mark of a folded input", cell([], { jupyter: { source_hidden: true } }), "Code"],
  ["Jupyter's own mark of a folded output", cell([], { jupyter: { outputs_hidden: true } }), "Output"],
])("%s folds, and takes nothing away", (_what, folded, label) => {
  const html = page(folded);
  expect(html).toContain(`<details class="fold"><summary>${label}</summary>`);
  expect(shows(html)).toEqual({ input: true, output: true });
});

test("a cell that tags say nothing of stays the same object, and wrong tags are none", () => {
  const plain = cell(["x"]);
  expect(withoutRemoved({ cells: [plain] }).cells[0]).toBe(plain);
  for (const tags of [undefined, "remove_cell", [5, null], {}])
    expect(shows(page(cell(tags)))).toEqual({ input: true, output: true });
  expect(withoutRemoved({ cells: [null as never] }).cells).toEqual([null]);
});
