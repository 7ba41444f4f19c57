import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findSources } from "../../../kernel/export/find-sources.js";
import { tempFolder } from "../../support/temp-folder.js";

function folderWith(...files: readonly string[]): string {
  const folder = tempFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "{}");
  }
  return folder;
}

test("a folder stands for the notebooks in it and below, in the order of the alphabet", async () => {
  const folder = folderWith("b.ipynb", "a/z.IPYNB", "a/notes.md", "recordings/x.jsonl", "c.ipynb");
  const { sources, failures, hasFolder } = await findSources([folder]);
  expect(sources.map(({ name, type }) => [name, type])).toEqual([
    [join("a", "z.IPYNB"), "notebook"],
    ["b.ipynb", "notebook"],
    ["c.ipynb", "notebook"],
  ]);
  expect([failures, hasFolder]).toEqual([[], true]);
});

test("hidden folders, checkpoints, packages and links to folders are passed over", async () => {
  const folder = folderWith(
    "a.ipynb",
    ".ipynb_checkpoints/a-checkpoint.ipynb",
    ".git/b.ipynb",
    "node_modules/p/c.ipynb",
    ".hidden.ipynb",
  );
  symlinkSync(folder, join(folder, "circle"));
  const { sources } = await findSources([folder]);
  expect(sources.map(({ name }) => name)).toEqual(["a.ipynb"]);
});

test("a file that is named twice is exported once", async () => {
  const folder = folderWith("a.ipynb", "b.jsonl");
  symlinkSync(join(folder, "a.ipynb"), join(folder, "link.ipynb"));
  const paths = ["a.ipynb", "./a.ipynb", "link.ipynb", "b.jsonl"].map((name) => `${folder}/${name}`);
  const { sources } = await findSources([...paths, folder]);
  expect(sources.map(({ name, type }) => [name, type])).toEqual([
    ["a.ipynb", "notebook"],
    ["b.jsonl", "session"],
  ]);
});

test("paths of which nothing can be exported fail by themselves", async () => {
  const folder = folderWith("a.ipynb", "b.txt", "empty/c.md");
  const { sources, failures } = await findSources(["a.ipynb", "b.txt", "empty"].map((name) => join(folder, name)));
  expect(sources).toHaveLength(1);
  expect(failures.map(({ code, message }) => [code, message])).toEqual([
    ["export-input", `${join(folder, "b.txt")} is neither a notebook (.ipynb) nor a saved session (.jsonl), so it cannot be exported.`],
    ["export-input", `The folder ${join(folder, "empty")} holds no notebooks.`],
  ]);
}); // biome-ignore format: one line each

test("a file that is not there is left to its reader, who says what it should be", async () => {
  const { sources, failures } = await findSources(["/no/such.ipynb"]);
  expect([sources.length, failures]).toEqual([1, []]);
});
