import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type CodeCell, isCodeCell } from "../../../kernel/notebook/notebook.js";
import { parseNotebook } from "../../../kernel/notebook/read-notebook.js";
import { runCommand, startCommand } from "./command-line.js";

/** These start real kernels, which share two cores with other tests; ten times what they take alone. */
const SLOW = 120_000;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "cn-run-")));
/** Kernels put their sockets here, so that leftovers can be told from those of other tests. */
const temporary = join(folder, "tmp");
mkdirSync(temporary);
const env = { TMPDIR: temporary };
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, ...sources: string[]): string {
  const cells = sources.map((source) => ({
    cell_type: "code",
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  const metadata = { kernelspec: { name: "claude-notebook", display_name: "TypeScript (Claude)" } };
  const path = join(folder, `${name}.ipynb`);
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
  return path;
}

/** The texts of each cell's outputs. */
function outputsOf(path: string): unknown[][] {
  const cells = parseNotebook(readFileSync(path, "utf8"), path).cells.filter(isCodeCell);
  return cells.map(({ outputs }: CodeCell) =>
    outputs.map((o) =>
      o.output_type === "stream" ? o.text : o.output_type === "error" ? o.ename : o.data["text/plain"],
    ),
  );
}

/** Processes that this test's kernels left; each has its connection file in `temporary` among its arguments. */
function leftovers(): string[] {
  const processes = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  return [...processes.filter((line) => line.includes(temporary)), ...readdirSync(temporary)];
}

test("runs a notebook beside its files and saves it with its outputs", { timeout: SLOW }, async () => {
  writeFileSync(join(folder, "data.txt"), "from a file");
  const path = write(
    "works",
    'import { readFileSync } from "node:fs";\nconst text: string = readFileSync("data.txt", "utf8");\nconsole.log(text);\nconsole.error("careful");',
    "[process.cwd(), process.env.CLAUDE_NOTEBOOK_PATH].join(' ')",
    'display({ "text/plain": "old" }, { raw: true, display_id: "d" })',
    'display({ "text/plain": "new" }, { raw: true, display_id: "d", update: true })',
    "for await (const n of (async function* () { yield 1; yield 2; })()) console.log(n)",
  );
  const before = readFileSync(path, "utf8");
  const { exitCode, stdout, stderr } = await runCommand(["run", path], { env });
  expect(stderr).toContain("[5/5]");
  const executed = join(folder, "works.executed.ipynb");
  expect([exitCode, stdout]).toEqual([0, `${executed}\n`]);
  expect(outputsOf(executed)).toEqual([
    ["from a file\n", "careful\n"],
    [`'${folder} ${path}'`],
    ["new"],
    [],
    ["1\n2\n"],
  ]);
  expect(readFileSync(path, "utf8")).toBe(before);
  expect(leftovers()).toEqual([]);
});

test("stops at the first error with exit code 1; --allow-errors goes on", { timeout: SLOW }, async () => {
  const path = write("fails", "console.log('before')", "throw new TypeError('boom')", "console.log('after')");
  const output = join(folder, "fails-out.ipynb");
  const stopped = await runCommand(["run", path, "-o", output], { env });
  expect([stopped.exitCode, stopped.stdout]).toEqual([1, `${output}\n`]);
  expect(stopped.stderr).toMatch(/Cell 2 .* failed: TypeError: boom/);
  expect(outputsOf(output)).toEqual([["before\n"], ["TypeError"], []]);
  const allowed = await runCommand(["run", path, "-o", output, "--allow-errors"], { env });
  expect(allowed.exitCode).toBe(0);
  expect(outputsOf(output)).toEqual([["before\n"], ["TypeError"], ["after\n"]]);
  expect(leftovers()).toEqual([]);
});

test("Ctrl-C ends an endless cell with exit code 130 and keeps what was shown", {
  timeout: SLOW,
}, async () => {
  const path = write(
    "endless",
    "console.log('before')",
    "console.log('begun'); while (true) {}",
    "console.log('after')",
  );
  const { child, finished, text } = startCommand(["run", path], { env });
  await expect.poll(() => text.stderr, { timeout: SLOW / 2 }).toContain("[1/3]");
  // The second cell has begun; a moment for its first line.
  await new Promise((done) => setTimeout(done, 1_000));
  child.kill("SIGINT");
  expect((await finished).exitCode).toBe(130);
  const [first, second, third] = outputsOf(join(folder, "endless.executed.ipynb"));
  expect([first, second?.[0], third]).toEqual([["before\n"], "begun\n", []]);
  expect(leftovers()).toEqual([]);
});

test("Ctrl-C while the kernel starts ends it too", { timeout: SLOW }, async () => {
  const path = write("early", "console.log('x')");
  const { child, finished } = startCommand(["run", path], { env });
  await expect.poll(() => readdirSync(temporary).length, { timeout: SLOW / 2, interval: 5 }).toBe(1);
  child.kill("SIGINT");
  expect((await finished).exitCode).toBe(130);
  expect(leftovers()).toEqual([]);
});

test("a cell that runs longer than --timeout is interrupted with exit code 1", {
  timeout: SLOW,
}, async () => {
  const path = write("slow", "await new Promise(() => {})");
  const { exitCode, stderr } = await runCommand(["run", path, "--timeout", "1"], { env });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("It ran longer than 1 s.");
  expect(leftovers()).toEqual([]);
});

test("a kernel that is killed in a cell is a clear error, and what was shown is kept", {
  timeout: SLOW,
}, async () => {
  const path = write(
    "dies",
    "console.log('before')",
    "process.kill(process.pid, 'SIGKILL')",
    "console.log('after')",
  );
  const { exitCode, stderr } = await runCommand(["run", path], { env });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("The kernel died (signal SIGKILL).");
  expect(outputsOf(join(folder, "dies.executed.ipynb"))).toEqual([["before\n"], ["KernelDied"], []]);
  expect(leftovers()).toEqual([]);
});

test("process.exit in a cell ends the run with exit code 1", { timeout: SLOW }, async () => {
  const path = write("exits", "console.log('last words'); process.exit(0)", "console.log('after')");
  for (const options of [[], ["--allow-errors"]]) {
    const { exitCode } = await runCommand(["run", path, ...options], { env });
    expect(exitCode).toBe(1);
    const [first, second] = outputsOf(join(folder, "exits.executed.ipynb"));
    expect([first?.[0], second]).toEqual(["last words\n", options.length === 0 ? [] : ["KernelDied"]]);
  }
  expect(leftovers()).toEqual([]);
});

test("two runs at once do not touch each other, and processes a cell started end with it", {
  timeout: SLOW,
}, async () => {
  // The child has our folder among its arguments, where `leftovers` looks.
  const start = `import { spawn } from "node:child_process";
const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 600_000)", ${JSON.stringify(temporary)}]);
console.log("NAME", child.pid! > 0);`;
  const paths = ["first", "second"].map((name) => write(name, start.replace("NAME", name)));
  const runs = await Promise.all(paths.map((path) => runCommand(["run", path], { env })));
  expect(runs.map((run) => run.exitCode)).toEqual([0, 0]);
  for (const name of ["first", "second"]) {
    expect(outputsOf(join(folder, `${name}.executed.ipynb`))).toEqual([[`${name} true\n`]]);
  }
  expect(leftovers()).toEqual([]);
});

test("a killed command takes its kernel with it, even out of an endless loop", {
  timeout: SLOW,
}, async () => {
  const path = write("orphan", "console.log('x')", "while (true) {}");
  const { child, finished, text } = startCommand(["run", path], { env });
  await expect.poll(() => text.stderr, { timeout: SLOW / 2 }).toContain("[1/2]");
  child.kill("SIGKILL");
  await finished;
  const isLeft = () =>
    execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
      .split("\n")
      .some((line) => line.includes(temporary));
  await expect.poll(isLeft, { timeout: 30_000 }).toBe(false);
  for (const name of readdirSync(temporary)) rmSync(join(temporary, name), { recursive: true });
});

test("export --execute writes a page with the outputs, also of a run that failed", {
  timeout: SLOW,
}, async () => {
  const path = write("page", "console.log('shown on the page')", "throw new Error('boom')");
  const output = join(folder, "out.html");
  const { exitCode, stdout } = await runCommand(["export", "--execute", path, "-o", output], { env });
  expect([exitCode, stdout]).toEqual([1, `${output}\n`]);
  const page = readFileSync(output, "utf8");
  expect(page).toContain("shown on the page");
  expect(page).toContain("boom");
  expect(leftovers()).toEqual([]);
});
