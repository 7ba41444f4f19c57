import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { HostError } from "../../../kernel/host-error.js";
import { createNotebook } from "../../../kernel/new/create-notebook.js";
import { templates } from "../../../kernel/new/templates.js";
import { notebookSchema } from "../../../kernel/notebook/notebook-schema.js";
import { tempFolder } from "../../support/temp-folder.js";

const review = templates.find(({ name }) => name === "code_review")!;
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

test("a notebook comes with its recordings and its data, and they are what it names", async () => {
  const folder = tempFolder();
  const { path, besides } = await createNotebook({ template: review, path: join(folder, "mine.ipynb") });
  expect(path).toBe(join(folder, "mine.ipynb"));
  expect(besides).toContain(join("data", "rooms", "rooms.mjs"));
  expect(besides.filter((file) => /^recordings.[0-9a-f]{64}\.jsonl$/.test(file))).toHaveLength(3);
  expect(filesIn(folder)).toEqual(["mine.ipynb", ...besides].sort());
});

test.each(templates)(
  "the template $name is a notebook of nbformat 4.5 for our kernel, without outputs, as the example",
  async (template) => {
    const { path } = await createNotebook({ template, path: tempFolder() });
    const text = readFileSync(path, "utf8");
    const notebook = notebookSchema.parse(JSON.parse(text));
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec?.name).toBe("claude-notebook");
    expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(notebook.cells.length);
    expect(notebook.cells.flatMap((cell) => ("outputs" in cell ? (cell.outputs as unknown[]) : []))).toEqual(
      [],
    );
    const example = resolve(import.meta.dirname, `../../../examples/${template.name}.ipynb`);
    expect(text).toBe(readFileSync(example, "utf8"));
  },
);

test.each([
  ["a name without an ending gets it", "first", "first.ipynb"],
  ["a folder that is there gets the template's name", "there", join("there", "welcome.ipynb")],
  ["a folder that is not there is made", join("a", "b", "c.ipynb"), join("a", "b", "c.ipynb")],
  ["a name that ends with a slash is a folder", "new/", join("new", "welcome.ipynb")],
  ["so is one that ends like a notebook", "odd.ipynb/", join("odd.ipynb", "welcome.ipynb")],
  ["a number after a dot is no ending", "report-1.2", "report-1.2.ipynb"],
])("%s", async (_, given, expected) => {
  const folder = tempFolder();
  mkdirSync(join(folder, "there"));
  const { path } = await createNotebook({ path: `${folder}/${given}` });
  expect(path).toBe(join(folder, expected));
  expect(existsSync(path)).toBe(true);
});

test.each([false, true])(
  "a folder in the notebook's place is refused, and stays empty; force: %s",
  async (force) => {
    const path = join(tempFolder(), "dir.ipynb");
    mkdirSync(path);
    await expect(createNotebook({ path, force })).rejects.toMatchObject({
      code: "output-unwritable",
      message: expect.stringContaining(`${path} is a folder`),
      hints: [expect.stringContaining(`${path}/`)],
    });
    expect(filesIn(path)).toEqual([]);
  },
);

test.each(["a.txt", "a.py", "a.IPYNB"])("a name with another ending is refused: %s", async (name) => {
  const folder = tempFolder();
  await expect(createNotebook({ path: join(folder, name) })).rejects.toMatchObject({
    code: "output-unwritable",
    message: expect.stringContaining("a notebook's name with .ipynb"),
  });
  expect(filesIn(folder)).toEqual([]);
});

test("in a folder that is named like a notebook, no name means that folder", async () => {
  const place = join(tempFolder(), "dir.ipynb");
  mkdirSync(place);
  const before = process.cwd();
  try {
    process.chdir(place);
    expect((await createNotebook()).path).toMatch(/dir\.ipynb.welcome\.ipynb$/);
  } finally {
    process.chdir(before);
  }
});

test("a notebook that is there is left as it is, even an equal one, and nothing else is written", async () => {
  const folder = tempFolder();
  const { path } = await createNotebook({ path: folder });
  const equal = await createNotebook({ path: folder }).catch((error: unknown) => error);
  expect(equal).toMatchObject({ code: "output-exists", message: expect.stringContaining(path) });
  expect((equal as HostError).hints.join()).toContain("--force");

  const other = tempFolder();
  writeFileSync(join(other, "welcome.ipynb"), "mine");
  await expect(createNotebook({ path: other })).rejects.toThrow("already");
  expect(filesIn(other)).toEqual(["welcome.ipynb"]);
  expect(readFileSync(join(other, "welcome.ipynb"), "utf8")).toBe("mine");
});

test("a link that leads nowhere is there too: nothing is written through it", async () => {
  const folder = tempFolder();
  symlinkSync(join(folder, "elsewhere.ipynb"), join(folder, "welcome.ipynb"));
  await expect(createNotebook({ path: folder })).rejects.toThrow("already");
  expect(existsSync(join(folder, "elsewhere.ipynb"))).toBe(false);
});

test("data of the same name with other contents stop it before anything is written; equal ones do not", async () => {
  const folder = tempFolder();
  await createNotebook({ template: review, path: join(folder, "one.ipynb") });
  await createNotebook({ template: review, path: join(folder, "two.ipynb") });
  const code = join(folder, "data", "rooms", "rooms.mjs");
  writeFileSync(code, "// mine\n");
  const third = createNotebook({ template: review, path: join(folder, "three.ipynb") });
  await expect(third).rejects.toThrow(`There is a ${code} already`);
  expect(existsSync(join(folder, "three.ipynb"))).toBe(false);
  expect(readFileSync(code, "utf8")).toBe("// mine\n");
});

test("force replaces the notebook and what is beside it", async () => {
  const folder = tempFolder();
  const { path, besides } = await createNotebook({ template: review, path: folder });
  const all = [path, ...besides.map((file) => join(folder, file))];
  const texts = all.map((file) => readFileSync(file, "utf8"));
  for (const file of all) writeFileSync(file, "mine");
  await createNotebook({ template: review, path: folder, force: true });
  expect(all.map((file) => readFileSync(file, "utf8"))).toEqual(texts);
});

test("each recording of the examples is listed with a notebook, and no other is", () => {
  const examples = resolve(import.meta.dirname, "../../../examples");
  const list = JSON.parse(readFileSync(join(examples, "recordings.json"), "utf8")) as Record<
    string,
    string[]
  >;
  expect([...new Set(Object.values(list).flat())].sort()).toEqual(filesIn(join(examples, "recordings")));
  expect(Object.keys(list).filter((name) => !existsSync(join(examples, `${name}.ipynb`)))).toEqual([]);
});

test("a folder that cannot be made says which and why", async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "file"), "");
  const error = await createNotebook({ path: join(folder, "file", "sub", "x.ipynb") }).catch(
    (cause) => cause,
  );
  expect(HostError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({
    code: "output-unwritable",
    message: expect.stringContaining(join(folder, "file", "sub")),
  });
});
