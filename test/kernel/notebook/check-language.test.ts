import { expect, test } from "vitest";
import { checkLanguage } from "../../../kernel/notebook/check-language.js";
import type { Notebook } from "../../../kernel/notebook/notebook.js";

const withMetadata = (metadata: Notebook["metadata"]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata,
  cells: [],
});

test.each([
  ["for our kernel", { kernelspec: { name: "claude-notebook" } }],
  ["for tslab, whose cells run unchanged", { kernelspec: { name: "tslab" } }],
  ["in TypeScript for no kernel", { language_info: { name: "typescript" } }],
  ["that says nothing", {}],
])("a notebook %s is run", (_title, metadata) => {
  expect(() => checkLanguage(withMetadata(metadata), "n.ipynb")).not.toThrow();
});

test.each([
  [{ kernelspec: { name: "python3", display_name: "Python 3" } }, '"python3" (Python 3)'],
  [{ kernelspec: { name: "deno" }, language_info: { name: "typescript" } }, '"deno"'],
  [{ language_info: { name: "julia" } }, "in julia"],
])("a notebook for another kernel is refused by its name: %j", (metadata, words) => {
  expect(() => checkLanguage(withMetadata(metadata), "n.ipynb")).toThrow(
    expect.objectContaining({ code: "notebook-language", message: expect.stringContaining(words) }),
  );
});
