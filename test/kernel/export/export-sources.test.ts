import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ExportFormat } from "../../../kernel/export/export-format.js";
import { exportSources } from "../../../kernel/export/export-sources.js";
import type { HostError } from "../../../kernel/host-error.js";
import { tempFolder } from "../../support/temp-folder.js";

/** A format with a fault, which one of the files meets. */
const faulty: ExportFormat = {
  name: "html",
  summary: "",
  extension: ".html",
  takes: ["notebook"],
  options: [],
  async write({ name }, path) {
    if (name === "bad.ipynb") throw new RangeError("Maximum call stack size exceeded");
    await writeFile(path, `<title>${name}</title>`);
    return { redacted: undefined, notes: [] };
  },
};

test("an error that nobody foresaw costs one file, is reported with its name and cause, and the index has the others", async () => {
  const folder = tempFolder();
  const targets = ["bad.ipynb", "good.ipynb"].map((name) => ({
    source: { path: join(folder, name), type: "notebook" as const, name },
    path: join(folder, name.replace(".ipynb", ".html")),
  }));
  const failures: HostError[] = [];
  const index = await exportSources(targets, faulty, {
    indexFolder: folder,
    onFailure: (_target, error) => failures.push(error),
  });
  expect(failures.map(({ code, message }) => [code, message])).toEqual([
    [
      "export-failed",
      `${join(folder, "bad.ipynb")} cannot be exported: RangeError: Maximum call stack size exceeded.`,
    ],
  ]);
  expect(failures[0]!.cause).toBeInstanceOf(RangeError);
  expect(readFileSync(index!, "utf8")).toContain("good.ipynb");
});
