import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { tempFolder } from "../../support/temp-folder.js";
import { runCommand, startCommand } from "./command-line.js";

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const cell = (source: string, ...outputs: unknown[]) => ({
  cell_type: "code",
  metadata: {},
  execution_count: null,
  source,
  outputs,
});
const words = (source: string) => ({ cell_type: "markdown", metadata: {}, source });
const notebook = (...cells: unknown[]) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: "typescript" } },
    cells,
  });
const session = JSON.stringify({ type: "user", message: { role: "user", content: "Which port?" } });

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test("several files become a page each and an index, in a folder that is made", async () => {
  const folder = folderWith({
    "a.ipynb": notebook(words("# First")),
    "talk.jsonl": session,
    "more/b.ipynb": notebook(words("# Second")),
    "more/deep/c.ipynb": notebook(words("# Third")),
  });
  const args = ["a.ipynb", "talk.jsonl", "more", "-o", "out/site", "--title", "All of it"];
  const { exitCode, stdout, stderr } = await runCommand(["export", ...args], { cwd: folder });
  const pages = ["a.html", "talk.html", "b.html", "deep/c.html", "index.html"];
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(pages.map((name) => `${join(folder, "out/site", name)}\n`).join(""));
  const index = readFileSync(join(folder, "out/site/index.html"), "utf8");
  expect(index).toContain("<title>All of it</title>");
  for (const title of ["First", "Second", "Third", "Which port?"]) expect(index).toContain(`>${title}</a>`);
  expect(index).toContain('href="./deep/c.html"');
  expect(readFileSync(join(folder, "out/site/a.html"), "utf8")).toContain("<title>First</title>");
});

test("the same files give the same bytes, the index too", async () => {
  const folder = folderWith({ "in/a.ipynb": notebook(words("# A")), "in/b.ipynb": notebook(cell("1")) });
  for (const output of ["one", "two"]) await runCommand(["export", "in", "-o", output], { cwd: folder });
  for (const name of ["a.html", "b.html", "index.html"]) {
    const [one, two] = ["one", "two"].map((output) => readFileSync(join(folder, output, name), "utf8"));
    expect(one).toBe(two);
  }
});

test("a file that cannot be exported is named, the others are exported, and the exit code is 1", async () => {
  const folder = folderWith({
    "good.ipynb": notebook(words("# Good")),
    "bad/broken.ipynb": '{"nbformat": 4,',
    "bad/empty.ipynb": "",
    "bad/old.ipynb": '{"nbformat": 3, "worksheets": []}',
    "bad/list.ipynb": "[]",
    "none/x.md": "",
    "notes.txt": "",
    "blank.jsonl": "",
  });
  const args = ["good.ipynb", "bad", "none", "notes.txt", "blank.jsonl", "missing.ipynb", "missing.jsonl"];
  const { exitCode, stdout, stderr } = await runCommand(["export", ...args, "-o", "site"], { cwd: folder });
  expect(exitCode).toBe(1);
  expect(stdout.trim().split("\n")).toHaveLength(2);
  const lines = [
    "bad/broken.ipynb is not JSON (line 1, column 16).",
    "bad/empty.ipynb is empty, not a notebook.",
    "bad/old.ipynb is in nbformat 3",
    'bad/list.ipynb is JSON, but not a notebook: it has no "nbformat".',
    "The folder none holds no notebooks.",
    "notes.txt is neither a notebook (.ipynb) nor a saved session (.jsonl)",
    "blank.jsonl holds no conversation with Claude.",
    "There is no notebook at missing.ipynb.",
    "There is no session at missing.jsonl.",
  ];
  for (const line of lines) expect(stderr).toContain(`claude-notebook: ${line}`);
  expect(stderr.match(/^claude-notebook: /gm)).toHaveLength(lines.length);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(readdirSync(join(folder, "site")).sort()).toEqual(["good.html", "index.html"]);
});

test("JSON that nests thousands of levels is cut where it gets too deep, and the files beside it are exported", async () => {
  const levels = 20_000;
  const output = { output_type: "display_data", metadata: {}, data: { "application/json": "DEEP" } };
  const json = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  const folder = folderWith({
    "in/deep.ipynb": notebook(cell("1", output)).replace('"DEEP"', json),
    "in/good.ipynb": notebook(words("# Good")),
  });
  const { exitCode, stderr } = await runCommand(["export", "in", "-o", "site"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(readdirSync(join(folder, "site")).sort()).toEqual(["deep.html", "good.html", "index.html"]);
  expect(readFileSync(join(folder, "site/deep.html"), "utf8")).toContain("[too deep]");
});

test.each<[string, string[], number, string]>([
  ["an unknown format", ["a.ipynb", "--to", "markdwon"], 2, '--to takes html, markdown, script, pdf, not "markdwon". Did you mean markdown?'],
  ["an option of another format", ["a.ipynb", "--to", "script", "--embed-images"], 2, "--embed-images is for markdown, not for script."],
  ["a folder without notebooks", ["none"], 1, "The folder none holds no notebooks."],
  ["another ending", ["notes.txt"], 1, "notes.txt is neither a notebook (.ipynb) nor a saved session (.jsonl)"],
  ["a session as a script", ["talk.jsonl", "--to", "script"], 1, "--to script is for notebooks: talk.jsonl is a saved session"],
  ["a notebook of another language as a script", ["py.ipynb", "--to", "script"], 1, "py.ipynb is a notebook in python; only notebooks in TypeScript become scripts."],
  ["two files to one place", ["a.ipynb", "a.jsonl"], 1, "a.ipynb and a.jsonl would both be written to a.html."],
  ["several files to a file", ["a.ipynb", "py.ipynb", "-o", "notes.txt"], 2, "-o takes a folder for several files, and notes.txt is a file."],
  ["no file at all", [], 2, "FILE is missing"],
])("%s is one clear line on stderr, and nothing is written", async (_what, args, code, line) => {
  const folder = folderWith({
    "a.ipynb": notebook(),
    "a.jsonl": session,
    "talk.jsonl": session,
    "py.ipynb": notebook().replace("typescript", "python"),
    "none/x.md": "",
    "notes.txt": "",
  });
  const before = readdirSync(folder);
  const { exitCode, stdout, stderr } = await runCommand(["export", ...args], { cwd: folder });
  expect([exitCode, stdout]).toEqual([code, ""]);
  expect(stderr.split("\n", 1)[0]).toContain(line);
  expect(readdirSync(folder)).toEqual(before);
}); // biome-ignore format: a line each

test("a folder is never written over its own notebooks", async () => {
  const folder = folderWith({ "a.ipynb": notebook(words("# A")), "b.ipynb": notebook() });
  const { exitCode } = await runCommand(["export", ".", "-o", "."], { cwd: folder });
  expect(exitCode).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(["a.html", "a.ipynb", "b.html", "b.ipynb", "index.html"]);
  expect(readFileSync(join(folder, "a.ipynb"), "utf8")).toBe(notebook(words("# A")));
});

test("markdown has its pictures in a folder beside it, or in itself", async () => {
  const output = { output_type: "display_data", metadata: {}, data: { "image/png": PIXEL } };
  const folder = folderWith({ "plot.ipynb": notebook(cell("draw()", output)) });
  const { exitCode, stdout } = await runCommand(["export", "--to", "markdown", "plot.ipynb"], {
    cwd: folder,
  });
  expect([exitCode, stdout]).toEqual([0, `${join(folder, "plot.md")}\n`]);
  expect(readFileSync(join(folder, "plot.md"), "utf8")).toContain("![picture](plot_files/cell-1-1.png)");
  expect(readFileSync(join(folder, "plot_files/cell-1-1.png"))).toEqual(Buffer.from(PIXEL, "base64"));
  const embedded = ["export", "--to", "markdown", "--embed-images", "plot.ipynb", "-o", "one.md"];
  await runCommand(embedded, { cwd: folder });
  expect(readFileSync(join(folder, "one.md"), "utf8")).toContain("(data:image/png;base64,");
  expect(existsSync(join(folder, "one_files"))).toBe(false);
});

test("a conversation becomes markdown", async () => {
  const folder = folderWith({ "talk.jsonl": session });
  await runCommand(["export", "--to", "markdown", "talk.jsonl"], { cwd: folder });
  expect(readFileSync(join(folder, "talk.md"), "utf8")).toContain("> Which port?");
});

const secret = `sk-ant-api03-${"a1B2".repeat(12)}`;
const secretNotebook = notebook(cell(`const key = "${secret}"; read("/home/ann/shop");`));

test("secrets and home folders are taken out of markdown too, and stderr says so", async () => {
  const folder = folderWith({ "a.ipynb": secretNotebook });
  const { stderr } = await runCommand(["export", "--to", "markdown", "a.ipynb"], { cwd: folder });
  expect(readFileSync(join(folder, "a.md"), "utf8")).not.toMatch(/a1B2|ann/);
  expect(stderr).toMatch(/redacted 1 secret \(cell 1: .*\) and 1 home path/);
});

test("secrets are taken out of a script; home folders stay, since it would not find its files, and stderr says so", async () => {
  const folder = folderWith({ "a.ipynb": secretNotebook });
  const { stderr } = await runCommand(["export", "--to", "script", "a.ipynb"], { cwd: folder });
  const script = readFileSync(join(folder, "a.ts"), "utf8");
  expect(script).not.toContain("a1B2");
  expect(script).toContain('read("/home/ann/shop")');
  expect(stderr).toMatch(
    /^1 home path stays in the script: .*\nredacted 1 secret \(cell 1: Anthropic API key\)\n$/,
  );
});

test.each(["markdown", "script"])("--no-redact leaves secrets in %s", async (to) => {
  const folder = folderWith({ "a.ipynb": secretNotebook });
  const args = ["export", "--to", to, "a.ipynb", "-o", "whole", "--no-redact"];
  expect((await runCommand(args, { cwd: folder })).stderr).toBe("");
  expect(readFileSync(join(folder, "whole"), "utf8")).toContain(secret);
});

test("a script replaces the script of an earlier export, and never a program that somebody has written", async () => {
  const own = "export const rate = 0.19;\n";
  const folder = folderWith({ "a.ipynb": notebook(cell("1")), "b.ipynb": notebook(cell("1")), "b.ts": own });
  const exportAs = (...args: string[]) => runCommand(["export", "--to", "script", ...args], { cwd: folder });
  for (const time of ["first", "second"])
    expect([time, (await exportAs("a.ipynb")).exitCode]).toEqual([time, 0]);
  const { exitCode, stderr } = await exportAs("b.ipynb");
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^claude-notebook: b\.ts is there already, .*\n {2}Name another file with `-o`/);
  expect(readFileSync(join(folder, "b.ts"), "utf8")).toBe(own);
  expect((await exportAs("b.ipynb", "-o", "other.ts")).exitCode).toBe(0);
}, 120_000);

test("a script says on stderr what it leaves out", async () => {
  const folder = folderWith({ "a.ipynb": notebook(cell("!ls -la x"), cell("%%bash\nls")) });
  const { stdout, stderr } = await runCommand(["export", "--to", "script", "a.ipynb"], { cwd: folder });
  expect(stdout).toBe(`${join(folder, "a.ts")}\n`);
  expect(stderr).toContain(
    "Cell 1: !ls -la x is left out, a script has nothing like it.\nCell 2: %%bash is left out",
  );
});

test("without a browser a PDF is an error that says what to do, before a notebook is run", async () => {
  const folder = folderWith({ "a.ipynb": notebook(cell("1")) });
  const env = { CLAUDE_NOTEBOOK_BROWSER: join(folder, "no-browser") };
  const args = ["export", "--to", "pdf", "--execute", "a.ipynb"];
  const { exitCode, stderr } = await runCommand(args, { cwd: folder, env });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("CLAUDE_NOTEBOOK_BROWSER names");
  expect(readdirSync(folder)).toEqual(["a.ipynb"]);
});

test("Ctrl-C while a browser prints ends the browser, and the files after it are left", async () => {
  const folder = folderWith({
    "a.ipynb": notebook(),
    "b.ipynb": notebook(),
    browser: `#!${process.execPath}\nrequire("node:fs").writeFileSync("pid", String(process.pid));\nsetInterval(() => {}, 1000);\n`,
  });
  chmodSync(join(folder, "browser"), 0o755);
  const env = { CLAUDE_NOTEBOOK_BROWSER: join(folder, "browser") };
  const { child, finished } = startCommand(["export", "--to", "pdf", "."], { cwd: folder, env });
  await vi.waitFor(() => expect(readFileSync(join(folder, "pid"), "utf8")).toMatch(/^\d+$/), 25_000);
  child.kill("SIGINT");
  const { exitCode, stdout } = await finished;
  expect([exitCode, stdout]).toEqual([130, ""]);
  expect(() => process.kill(Number(readFileSync(join(folder, "pid"), "utf8")), 0)).toThrow();
  expect(readdirSync(folder).sort()).toEqual(["a.ipynb", "b.ipynb", "browser", "pid"]);
}, 60_000);

test("several notebooks are run one after the other, and each page shows its own run", async () => {
  const folder = folderWith({
    "a.ipynb": notebook(cell("console.log(6 * 7)")),
    "b.ipynb": notebook(cell("throw new RangeError('on purpose')")),
    "c.ipynb": notebook(cell("console.log(6 * 8)")),
  });
  const { exitCode } = await runCommand(["export", "--execute", ".", "-o", "site"], { cwd: folder });
  expect(exitCode).toBe(1);
  const page = (name: string): string => readFileSync(join(folder, "site", name), "utf8");
  expect(page("a.html")).toContain("42");
  expect(page("b.html")).toContain("on purpose");
  expect(page("c.html")).toContain("48");
  expect(page("index.html")).toContain("✗ 1 error");
}, 120_000);
