import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readParameterFile } from "../../../../kernel/notebook/parameters/read-parameter-file.js";
import { tempFolder } from "../../../support/temp-folder.js";

function write(name: string, text: string): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, text);
  return path;
}

test.each([
  ["p.json", '{"n": 5, "list": ["a"], "__proto__": {"x": 1}}'],
  ["p.yaml", 'n: 5\nlist: [a]\n"__proto__": {x: 1}\n'],
  ["p.yml", 'n: 5\nlist:\n  - a\n"__proto__":\n  x: 1\n'],
])("reads %s", async (name, text) => {
  const parameters = await readParameterFile(write(name, text));
  expect(Object.entries(parameters)).toEqual([
    ["n", 5],
    ["list", ["a"]],
    ["__proto__", { x: 1 }],
  ]);
});

test.each([
  ["p.json", "{n: 5}"],
  ["p.json", ""],
  ["p.json", "[1]"],
  ["p.json", "null"],
  ["p.yaml", "a: [1"],
  ["p.yaml", "just text"],
])("%s with %j is an error that names the file", async (name, text) => {
  const path = write(name, text);
  await expect(readParameterFile(path)).rejects.toMatchObject({
    code: "parameters-unreadable",
    message: expect.stringMatching(/^The parameters .* cannot be read: .+\.$/),
  });
});

test.each([
  ["p.yaml", "a: &x [*x, *x]", "a value holds itself, by an alias"],
  ["p.json", `{"a": ${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "a value nests deeper than 200 levels"],
])("%s with a value without an end is an error that says so", async (name, text, reason) => {
  const path = write(name, text);
  await expect(readParameterFile(path)).rejects.toMatchObject({
    code: "parameters-unreadable",
    message: `The parameters ${path} cannot be read: ${reason}.`,
  });
});

test("an alias of YAML that stands beside its anchor is read", async () => {
  expect(await readParameterFile(write("p.yaml", "a: &x [1]\nb: *x"))).toEqual({ a: [1], b: [1] });
});

test("a file that is not there, and a folder, are errors that say so", async () => {
  const folder = join(tempFolder(), "folder.json");
  mkdirSync(folder);
  for (const path of [folder, `${folder}/none.json`]) {
    await expect(readParameterFile(path)).rejects.toMatchObject({ code: "parameters-unreadable" });
  }
});
