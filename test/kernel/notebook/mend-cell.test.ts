import { expect, test } from "vitest";
import { formatNotebook } from "../../../kernel/notebook/format-notebook.js";
import { parseNotebook } from "../../../kernel/notebook/read-notebook.js";
import { renderNotebookPage } from "../../../renderers/page/render-notebook-page.js";
import { parseHtml } from "../../support/html-page.js";

const damaged = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: "code", source: ["whole()"], metadata: {}, outputs: [] },
    { cell_type: "code", source: ["kept()"], metadata: null, outputs: [{ output_type: "hologram", data: 1 }, { output_type: "stream", name: "stdout", text: "still here" }] },
    { cell_type: "code", source: 5, outputs: "none" },
    { cell_type: "markdown", source: ["# Words"], metadata: [] },
    "no cell at all",
    null,
  ],
}); // biome-ignore format: a cell a line

test("what is to be run is refused, with the place of the damage", () => {
  expect(() => parseNotebook(damaged, "a.ipynb")).toThrow(
    /a\.ipynb is not a valid notebook: at cells\[?\.?1/,
  );
});

test("what is only shown keeps all that can be read, and names the rest", () => {
  const notebook = parseNotebook(damaged, "a.ipynb", { mend: true });
  const { text } = parseHtml(renderNotebookPage(notebook));
  for (const words of ["whole()", "kept()", "still here", "Words"]) expect(text).toContain(words);
  expect(text).toContain('This output cannot be read: {"output_type":"hologram","data":1}');
  expect(text).toContain('This cell cannot be read: "no cell at all"');
  expect(notebook.cells).toHaveLength(6);
  expect(parseNotebook(formatNotebook(notebook), "again").cells).toHaveLength(6);
});

test("a file that is no notebook is refused either way", () => {
  for (const text of ['{"nbformat": 3, "worksheets": []}', '{"nbformat": 4}', '{"a": 1}', "[]", "{"])
    expect(() => parseNotebook(text, "a.ipynb", { mend: true })).toThrow(/a\.ipynb/);
});
