import { linkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkRunFiles, type RunFiles } from "../../../kernel/cli/commands/check-run-files.js";
import { tempFolder } from "../../support/temp-folder.js";

/** A folder with two notebooks and parameters, a link to each kind, and another name for the folder. */
function setUp(): { readonly at: (name: string) => string; readonly files: RunFiles } {
  const folder = tempFolder();
  const at = (name: string): string => join(folder, name);
  for (const name of ["a.ipynb", "b.ipynb", "params.json"]) writeFileSync(at(name), "{}");
  symlinkSync(at("a.ipynb"), at("soft.xml"));
  linkSync(at("params.json"), at("hard.xml"));
  symlinkSync(folder, at("here"));
  const files = {
    notebooks: [at("a.ipynb"), at("b.ipynb")],
    targets: [at("a.out.ipynb"), at("b.out.ipynb")],
    params: at("params.json"),
    junit: at("report.xml"),
  };
  return { at, files };
}

test("files that differ are fine, and one notebook may be saved in place", async () => {
  const { at, files } = setUp();
  await checkRunFiles(files);
  await checkRunFiles({ ...files, notebooks: [at("a.ipynb")], targets: [at("a.ipynb")] });
  await checkRunFiles({ ...files, notebooks: [at("gone.ipynb")], junit: undefined, params: undefined });
});

test.each([
  ["a.ipynb", "a notebook that is run"],
  ["here/b.ipynb", "a notebook that is run"],
  ["soft.xml", "a notebook that is run"],
  ["hard.xml", "the file of the parameters"],
  ["here/a.out.ipynb", "where a notebook is saved"],
])("a report that would be written over %s is refused", async (name, use) => {
  const { at, files } = setUp();
  await expect(checkRunFiles({ ...files, junit: at(name) })).rejects.toMatchObject({
    code: "output-unwritable",
    message: `Cannot write ${at(name)}: it is ${use}.`,
  });
});

test.each(["b.ipynb", "hard.xml", "here/b.out.ipynb"])(
  "a notebook that would be saved over %s is refused",
  async (name) => {
    const { at, files } = setUp();
    const targets = [at(name), at("b.out.ipynb")];
    await expect(checkRunFiles({ ...files, targets })).rejects.toMatchObject({ code: "output-unwritable" });
  },
);
