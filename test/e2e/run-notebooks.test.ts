import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { transformSync } from "oxc-transform";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { isCodeCell } from "../../kernel/notebook/notebook.js";
import { parseNotebook } from "../../kernel/notebook/read-notebook.js";
import { text as reply } from "../../src/testing/index.js";
import { runCommand, startCommand } from "../kernel/cli/command-line.js";
import { ensurePythonEnv, type PythonEnv } from "../support/python-env.js";
import { runCli } from "../support/run-cli.js";
import { scriptedClaude } from "../support/scripted-claude.js";
import { tempFolder } from "../support/temp-folder.js";

const root = resolve(import.meta.dirname, "../..");

let python: PythonEnv;
let folder: string;
/** Kernels put their sockets here, so that leftovers can be told from those of other tests. */
let temporary: string;

beforeAll(async () => {
  python = await ensurePythonEnv();
});
beforeEach(() => {
  folder = tempFolder("run");
  temporary = join(folder, "tmp");
  mkdirSync(temporary);
});

function write(name: string, sources: readonly string[], more: object = {}): string {
  const cells = sources.map((source) => ({
    cell_type: "code",
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  const path = join(folder, `${name}.ipynb`);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells, ...more }));
  return path;
}

const env = () => ({ TMPDIR: temporary });

/** The texts of each cell's outputs, of a notebook that nbformat itself finds valid. */
async function validOutputs(path: string): Promise<string[][]> {
  const program = "import sys, nbformat; nbformat.validate(nbformat.read(sys.argv[1], nbformat.NO_CONVERT))";
  await execa(python.bin("python"), ["-W", "error", "-c", program, path]);
  const { cells } = parseNotebook(readFileSync(path, "utf8"), path);
  return cells
    .filter(isCodeCell)
    .map(({ outputs }) =>
      outputs.map((output) =>
        output.output_type === "stream"
          ? output.text
          : output.output_type === "error"
            ? output.ename
            : String(output.data["text/plain"]),
      ),
    );
}

function leftovers(): string[] {
  const processes = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  return [...processes.filter((line) => line.includes(temporary)), ...readdirSync(temporary)];
}

test("several notebooks run side by side: one that fails, one that is none, and the report names each", async () => {
  const paths = [
    write("good", ["console.log('good')", "1 + 1"]),
    write("fails", ["console.log('before')", "throw new TypeError('<&\\u0007>')", "'after'"]),
    join(folder, "missing.ipynb"),
  ];
  const out = join(folder, "out");
  const junit = join(folder, "junit.xml");
  const args = ["run", ...paths, "--jobs", "2", "-o", out, "--junit", junit];
  const { exitCode, stdout, stderr } = await runCommand(args, { env: env() });
  expect(exitCode).toBe(1);
  expect(stdout).toBe(`${join(out, "good.ipynb")}\n${join(out, "fails.ipynb")}\n`);
  expect(stderr).toContain("3 notebooks: 1 ok, 2 failed");
  expect(await validOutputs(join(out, "good.ipynb"))).toEqual([["good\n"], ["2"]]);
  expect(await validOutputs(join(out, "fails.ipynb"))).toEqual([["before\n"], ["TypeError"], []]);
  // A parser that takes nothing but XML reads the report.
  const program =
    "import sys, xml.etree.ElementTree as tree\nroot = tree.parse(sys.argv[1]).getroot()\n" +
    "print([root.get(name) for name in ('tests', 'failures', 'errors', 'skipped')], [len(s) for s in root])";
  const read = await execa(python.bin("python"), ["-c", program, junit]);
  expect(read.stdout).toBe("['6', '1', '1', '1'] [2, 3, 1]");
  expect(leftovers()).toEqual([]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)(
  "%s ends all that run with exit code %i, and leaves valid notebooks with what was shown",
  async (name, code) => {
    const paths = ["a", "b"].map((each) =>
      write(each, [`console.log('${each}')`, "await new Promise(() => setInterval(() => {}, 1000))", "'no'"]),
    );
    const { child, finished, text } = startCommand(["run", ...paths, "--jobs", "2"], { env: env() });
    await expect.poll(() => text.stderr.split("[1/3]").length, { timeout: 90_000 }).toBe(3);
    child.kill(name);
    expect((await finished).exitCode).toBe(code);
    for (const each of ["a", "b"]) {
      const [first, , third] = await validOutputs(join(folder, `${each}.executed.ipynb`));
      expect([first, third]).toEqual([[`${each}\n`], []]);
    }
    expect(leftovers()).toEqual([]);
  },
);

test("a notebook of nbformat 4.0, whose cells have no ids, runs and is written as a valid 4.5", async () => {
  const path = write("old", ["console.log('old')"], { nbformat_minor: 0 });
  expect((await runCommand(["run", path], { env: env() })).exitCode).toBe(0);
  const output = join(folder, "old.executed.ipynb");
  expect(await validOutputs(output)).toEqual([["old\n"]]);
  expect(JSON.parse(readFileSync(output, "utf8"))).toMatchObject({ nbformat: 4, nbformat_minor: 5 });
});

test("a notebook of nbformat 3 is one clear line with the command that converts it", async () => {
  const path = write("three", [], { nbformat: 3, worksheets: [] });
  const { exitCode, stderr } = await runCommand(["run", path], { env: env() });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^claude-notebook: .* is in nbformat 3; .*\n {2}Convert it: `jupyter nbconvert /);
});

test("a kernel that dies leaves a valid notebook, and the others run on", async () => {
  const paths = [
    write("dies", ["console.log('before')", "process.kill(process.pid, 'SIGKILL')", "'after'"]),
    write("lives", ["'alive'"]),
  ];
  const { exitCode, stderr } = await runCommand(["run", ...paths], { env: env() });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("The kernel died (signal SIGKILL).");
  expect(await validOutputs(join(folder, "dies.executed.ipynb"))).toEqual([["before\n"], ["KernelDied"], []]);
  expect(await validOutputs(join(folder, "lives.executed.ipynb"))).toEqual([["'alive'"]]);
  expect(leftovers()).toEqual([]);
});

test("an output folder that goes away during the run is a clear error, and no kernel is left", async () => {
  const out = join(folder, "out");
  const path = write("gone", [
    `import { rmSync } from "node:fs"; rmSync(${JSON.stringify(out)}, { recursive: true });`,
    "'after'",
  ]);
  const { exitCode, stderr } = await runCommand(["run", path, "-o", `${out}/`], { env: env() });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`claude-notebook: Cannot write ${join(out, "gone.ipynb")}: `);
  expect(leftovers()).toEqual([]);
});

test("200 MB of output are kept whole in a valid notebook", { timeout: 400_000 }, async () => {
  const path = write("large", [
    "void process.stdout.write('x'.repeat(200_000_000));",
    "console.log('after')",
  ]);
  const { exitCode, stderr } = await runCommand(["run", path], { env: env() });
  expect(exitCode, stderr).toBe(0);
  const [large, after] = await validOutputs(join(folder, "large.executed.ipynb"));
  expect([large!.length, large![0]!.length, after]).toEqual([1, 200_000_000, ["after\n"]]);
  expect(leftovers()).toEqual([]);
});

test("a range of cells keeps the outputs of the others, and a cell's own time limit ends it", async () => {
  const path = write("range", ["console.log('one')", "const two = 2;", "console.log('three', two)"]);
  const output = join(folder, "range.executed.ipynb");
  expect((await runCommand(["run", path], { env: env() })).exitCode).toBe(0);
  const notebook = JSON.parse(readFileSync(output, "utf8"));
  notebook.cells[2].source = "console.log('again', two)";
  notebook.cells.push({
    ...notebook.cells[2],
    id: "slow",
    source: "await new Promise(() => {})",
    outputs: [],
  });
  notebook.cells[3].metadata = { "claude-notebook": { timeout: 1 } };
  writeFileSync(output, JSON.stringify(notebook));
  const resumed = await runCommand(["run", output, "--from", "3", "--until", "3", "-o", output], {
    env: env(),
  });
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(await validOutputs(output)).toEqual([["one\n"], [], ["again 2\n"], []]);
  const slow = await runCommand(["run", output, "--from", "slow", "-o", output], { env: env() });
  expect(slow.exitCode).toBe(1);
  expect(slow.stderr).toContain("It ran longer than 1 s.");
});

test("a run that failed is picked up from recordings: what Claude has answered is not asked again", async () => {
  const claude = await scriptedClaude([{ when: () => true, replies: [reply("Scripted.")] }]);
  try {
    const ask =
      'import { query } from "claude-notebook";\nawait display_claude_response(query("Say one word"));';
    const path = write("resumed", [ask, "throw new Error('not yet')"]);
    const run = (mode: string) =>
      runCli(["run", path], {
        home: claude.env.HOME!,
        env: { ...claude.env, CLAUDE_NOTEBOOK_MODE: mode },
      });
    expect((await run("record")).exitCode).toBe(1);
    const asked = claude.api.requests.length;
    expect(asked).toBeGreaterThan(0);
    write("resumed", [ask, "'mended'"]);
    const again = await run("auto");
    expect(again.exitCode, again.stderr).toBe(0);
    expect(claude.api.requests.length).toBe(asked);
    const [answer, mended] = await validOutputs(join(folder, "resumed.executed.ipynb"));
    expect(answer!.join()).toContain("Scripted.");
    expect(mended).toEqual(["'mended'"]);
  } finally {
    await claude.api.close();
  }
});

test("the program of docs/running.md runs where the package is installed", async () => {
  const page = readFileSync(join(root, "docs", "running.md"), "utf8");
  const [, code = ""] = /## From TypeScript\n\n```ts.*\n([\s\S]*?)```/.exec(page) ?? [];
  const program = join(folder, "program.mjs");
  writeFileSync(program, transformSync("program.ts", code).code);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "claude-notebook"));
  const environment = { ...process.env, ...env() };
  const { exitCode, stderr } = await execa(process.execPath, [program], { cwd: folder, env: environment });
  expect(exitCode, stderr).toBe(0);
  expect(await validOutputs(join(folder, "hello.executed.ipynb"))).toEqual([[], [], ["Hello Ada\n"]]);
  expect(leftovers()).toEqual([]);
});
