import { linkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ExportSource } from "../../../kernel/export/export-source.js";
import { planTargets } from "../../../kernel/export/plan-targets.js";
import { tempFolder } from "../../support/temp-folder.js";

const source = (path: string, name = path.split("/").at(-1)!): ExportSource => ({
  path,
  type: "notebook",
  name,
});
const folder = { output: "site", isFolder: true, extension: ".html", reserved: ["index.html"] };

const plan = async (sources: readonly ExportSource[], options: object = {}): Promise<string[]> => {
  const targets = await planTargets(sources, { ...folder, ...options });
  return targets.map(({ path }) => path);
};

test("in a folder a page has the name of its file, and below a folder the path there", async () => {
  expect(await plan([source("/x/a.ipynb"), source("/x/d/b.jsonl"), source("/x/e/f/c.ipynb", "f/c.ipynb")])).toEqual([
    "site/a.html",
    "site/b.html",
    "site/f/c.html",
  ]);
}); // biome-ignore format: one line

test("files of the same name keep the folders that tell them apart", async () => {
  expect(await plan([source("/x/a/n.ipynb"), source("/x/b/n.ipynb"), source("/x/b/m.ipynb")])).toEqual([
    "site/a/n.html",
    "site/b/n.html",
    "site/m.html",
  ]);
});

test("files of the same name in one folder keep their endings", async () => {
  expect(await plan([source("/x/n.ipynb"), source("/x/n.jsonl")])).toEqual(["site/n.ipynb.html", "site/n.jsonl.html"]);
  expect(await plan([source("/x/N.ipynb"), source("/x/n.jsonl")])).toEqual(["site/N.ipynb.html", "site/n.jsonl.html"]);
}); // biome-ignore format: one line each

test("a notebook called index leaves the index page its place", async () => {
  expect(await plan([source("/x/index.ipynb"), source("/x/a.ipynb")])).toEqual([
    "site/index.ipynb.html",
    "site/a.html",
  ]);
});

test("without a folder each stands beside its file, with the ending of the format", async () => {
  const options = { output: undefined, isFolder: false, extension: ".md" };
  expect(await plan([source("/x/a.b.ipynb"), source("c.jsonl")], options)).toEqual(["/x/a.b.md", "c.md"]);
});

test("two exports to one file are refused before anything is written", async () => {
  const options = { output: undefined, isFolder: false };
  await expect(plan([source("/x/a.ipynb"), source("/x/a.jsonl")], options)).rejects.toMatchObject({
    code: "export-output",
    message: "/x/a.ipynb and /x/a.jsonl would both be written to /x/a.html.",
  });
});

test("no export goes over a file that is exported, whatever name that goes by", async () => {
  const here = tempFolder();
  const path = join(here, "a.ipynb");
  writeFileSync(path, "{}");
  symlinkSync(path, join(here, "b.html"));
  linkSync(path, join(here, "c.html"));
  for (const output of [path, join(here, "b.html"), join(here, "c.html")]) {
    await expect(plan([source(path)], { output, isFolder: false })).rejects.toMatchObject({
      code: "output-unwritable",
      message: `Cannot write ${output}: it is the file that is exported.`,
    });
  }
});
