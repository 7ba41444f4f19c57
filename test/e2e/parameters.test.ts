import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";
import { type ComparableCell, comparableOutputs } from "../support/comparable-outputs.js";
import { ensurePythonEnv, type PythonEnv } from "../support/python-env.js";
import { runCli, strangerEnv } from "../support/run-cli.js";
import { tempFolder } from "../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../..");

let python: PythonEnv;
let home: string;
/** Python packages as the wheel brings them: our module, and the entry point by which papermill finds it. */
let packages: string;

beforeAll(async () => {
  python = await ensurePythonEnv();
  home = tempFolder();
  const installed = await runCli(["install", "--prefix", join(home, "prefix")], { home });
  expect(installed).toMatchObject({ exitCode: 0 });
  packages = join(home, "packages");
  cpSync(join(root, "kernel", "python", "claude_notebook"), join(packages, "claude_notebook"), {
    recursive: true,
  });
  const info = join(packages, "claude_notebook-0.0.0.dist-info");
  mkdirSync(info);
  const engine = "claude_notebook.papermill_translator:ClaudeNotebookEngine";
  writeFileSync(join(info, "entry_points.txt"), `[papermill.engine]\nclaude-notebook = ${engine}\n`);
});

async function runPython(program: string, args: readonly string[], cwd: string): Promise<string> {
  const env = strangerEnv(home, {
    JUPYTER_PATH: join(home, "prefix", "share", "jupyter"),
    PYTHONPATH: packages,
  });
  const { all } = await execa(python.bin(program), args, {
    cwd,
    env,
    extendEnv: false,
    timeout: 150_000,
    all: true,
  });
  return all;
}

/** The example and its data in a folder of its own. */
function layOut(): { folder: string; notebook: string } {
  const folder = tempFolder();
  for (const name of ["parameters.ipynb", "data"]) {
    cpSync(join(root, "examples", name), join(folder, name), { recursive: true });
  }
  return { folder, notebook: join(folder, "parameters.ipynb") };
}

/** What papermill takes as `-y`, and ours from a file. */
const given = { month: "2025-02", largest: 2, categories: ["bags", "shoes"], unit: "cent" };

function textOf(cells: readonly ComparableCell[]): string {
  return JSON.stringify(cells.flatMap((cell) => cell.outputs));
}

test.each(["typescript", "tslab"])(
  "the example runs with its own values and with others on the engine %s",
  async (engine) => {
    const { folder, notebook } = layOut();
    const options = { home, env: { CLAUDE_NOTEBOOK_ENGINE: engine } };
    const own = await runCli(["run", notebook], options);
    expect(own, own.stderr).toMatchObject({ exitCode: 0 });
    expect(textOf(comparableOutputs(join(folder, "parameters.executed.ipynb")))).toContain(
      "85 of 1000 orders in 2025-01: bags, jackets, shoes",
    );
    const texts = ["month=2025-02", "largest=2", 'categories=["bags", "shoes"]', "unit=cent"];
    const other = await runCli(["run", notebook, ...texts.flatMap((text) => ["-p", text])], options);
    expect(other, other.stderr).toMatchObject({ exitCode: 0 });
    expect(textOf(comparableOutputs(join(folder, "parameters.executed.ipynb")))).toMatch(
      /\d+ of 1000 orders in 2025-02: bags, shoes/,
    );
  },
);

test("our runner, nbclient, nbconvert and papermill show the same with the same parameters", async () => {
  const { folder, notebook } = layOut();
  const file = join(folder, "given.json");
  writeFileSync(file, JSON.stringify(given));
  const ours = join(folder, "ours.ipynb");
  const run = await runCli(["run", notebook, "--params", file, "-o", ours], { home });
  expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  const expected = comparableOutputs(ours);
  expect(textOf(expected)).toMatch(/\d+ of 1000 orders in 2025-02: bags, shoes/);
  expect(textOf(expected)).toContain("| order | category | cent |");

  // These two know no parameters: they get the notebook with the cell that gives them.
  const byNbclient = join(folder, "nbclient.ipynb");
  const program =
    "import sys, nbformat\nfrom nbclient import NotebookClient\nnb = nbformat.read(sys.argv[1], 4)\n" +
    "NotebookClient(nb).execute()\nnbformat.validate(nb)\nnbformat.write(nb, sys.argv[2])";
  await runPython("python", ["-c", program, ours, byNbclient], folder);
  expect(comparableOutputs(byNbclient)).toEqual(expected);

  await runPython(
    "jupyter-nbconvert",
    ["--execute", "--to", "notebook", "--output", "nbconvert.ipynb", ours],
    folder,
  );
  expect(comparableOutputs(join(folder, "nbconvert.ipynb"))).toEqual(expected);

  const byPapermill = join(folder, "papermill.ipynb");
  await runPython("papermill", [notebook, byPapermill, "-y", JSON.stringify(given)], folder);
  expect(comparableOutputs(byPapermill)).toEqual(expected);
}, 300_000);

test("papermill -p reaches the notebook's cells, and what it writes our runner runs again", async () => {
  const { folder, notebook } = layOut();
  const output = join(folder, "papermill.ipynb");
  const evil = '</script> "quoted" \\ `$(x)` \u2028 ü';
  const log = await runPython(
    "papermill",
    [notebook, output, "-p", "largest", "1", "-p", "month", "2025-03", "-r", "unit", evil],
    folder,
  );
  expect(log).not.toContain("unknown parameter");
  expect(textOf(comparableOutputs(output))).toMatch(/85 of 1000 orders in 2025-03/);
  const source = JSON.stringify(JSON.parse(readFileSync(output, "utf8")));
  expect(source).toContain("let largest = 1;");
  expect(textOf(comparableOutputs(output))).toContain("| order | category | </script>");

  const again = await runCli(["run", output, "-p", "month=2025-02", "-o", output], { home });
  expect(again, again.stderr).toMatchObject({ exitCode: 0 });
  expect(textOf(comparableOutputs(output))).toMatch(/77 of 1000 orders in 2025-02/);
});

test("a page is made of a run with parameters too", async () => {
  const { folder, notebook } = layOut();
  const args = ["export", "--execute", notebook, "-p", "month=2025-02", "-p", "unit=cent"];
  const { exitCode, stderr } = await runCli(args, { home });
  expect(exitCode, stderr).toBe(0);
  const page = readFileSync(join(folder, "parameters.html"), "utf8");
  expect(page).toContain("77 of 1000 orders in 2025-02");
  expect(readFileSync(notebook, "utf8")).not.toContain("injected-parameters");
});

test("papermill --help-notebook lists the parameters with their types and defaults", async () => {
  const { folder, notebook } = layOut();
  const help = await runPython("papermill", ["--help-notebook", notebook], folder);
  expect(help).toMatch(/month: string \(default "2025-01"\)/);
  expect(help).toMatch(/largest: number \(default 3\)\s+how many orders to show/);
});
