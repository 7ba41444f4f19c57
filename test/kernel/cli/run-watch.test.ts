import { type ChildProcess, execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { tempFolder } from "../../support/temp-folder.js";
import { runCommand, startCommand } from "./command-line.js";

/** These start real kernels, which share two cores with other tests; ten times what they take alone. */
const SLOW = 180_000;
/** Longest wait for a run that takes two seconds alone. */
const WAIT = { timeout: 60_000 };

const folder = tempFolder("watch");
const temporary = join(folder, "tmp");
mkdirSync(temporary);
const env = { TMPDIR: temporary };

/** A watch ends only when it is told to, also after a test that failed. */
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

function startWatch(args: readonly string[]) {
  const started = startCommand(["run", ...args], { env });
  children.add(started.child);
  return started;
}

/** Writes a notebook as Jupyter does: a new file takes the old one's place. */
function write(name: string, source: string, tag?: string): string {
  const metadata = { kernelspec: { name: "claude-notebook" } };
  const tags = tag === undefined ? {} : { tags: [tag] };
  const cells = [{ cell_type: "code", source, metadata: tags, outputs: [], execution_count: null }];
  const path = join(folder, `${name}.ipynb`);
  writeFileSync(`${path}.part`, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }));
  renameSync(`${path}.part`, path);
  return path;
}

function leftovers(): string[] {
  const processes = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  return [...processes.filter((line) => line.includes(temporary)), ...readdirSync(temporary)];
}

/** How often a text stands in what was printed. */
const count = (text: string, part: string): number => text.split(part).length - 1;

const WAITING = "Waiting for a change; Ctrl-C ends.";

test("--watch runs a notebook again when it changes, and not for what it writes itself", {
  timeout: SLOW,
}, async () => {
  const path = write("changes", "'first'");
  const { child, finished, text } = startWatch([path, "--watch"]);
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(1);
  // Written anew, but the same: no change.
  write("changes", "'first'");
  write("changes", "'second'");
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(2);
  expect(text.stderr).toContain("✓ [1/1] 'second'");
  write("changes", "nonsense(");
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(3);
  expect(text.stderr).toContain("✗ [1/1] nonsense(");
  writeFileSync(path, "{");
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(4);
  expect(text.stderr).toContain("is not JSON");
  child.kill("SIGINT");
  expect((await finished).exitCode).toBe(130);
  expect(count(text.stderr, "✓ [1/1] 'first'")).toBe(1);
  expect(leftovers()).toEqual([]);
});

test("a change during a run interrupts it and runs the notebook as it is now", {
  timeout: SLOW,
}, async () => {
  const path = write("endless", "while (true) {}");
  const { child, finished, text } = startWatch([path, "-w"]);
  await expect.poll(() => readdirSync(temporary).length, WAIT).toBe(1);
  write("endless", "'done'");
  await expect.poll(() => text.stderr, WAIT).toContain("✓ [1/1] 'done'");
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(1);
  child.kill("SIGTERM");
  expect((await finished).exitCode).toBe(143);
  expect(leftovers()).toEqual([]);
});

test("a change of the parameter file runs all notebooks again; one of a notebook only that", {
  timeout: SLOW,
}, async () => {
  const paths = [
    write("one", "const n: number = 1; console.log('one', n)", "parameters"),
    write("two", "const n: number = 1; console.log('two', n)", "parameters"),
  ];
  const params = join(folder, "params.json");
  writeFileSync(params, '{"n": 2}');
  const junit = join(folder, "junit.xml");
  const args = [...paths, "-w", "--params", params, "--junit", junit];
  const { child, finished, text } = startWatch(args);
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(1);
  writeFileSync(params, '{"n": "no number"}');
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(2);
  expect(count(text.stderr, 'The parameter n cannot be "no number"')).toBe(2);
  writeFileSync(params, '{"n": 3}');
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(3);
  expect(text.stderr.split(WAITING)[2]).toContain("2 notebooks: 2 ok");
  write("two", "const n: number = 1; console.log('changed', n)", "parameters");
  await expect.poll(() => count(text.stderr, WAITING), WAIT).toBe(4);
  expect(text.stderr.split(WAITING)[3]).toContain("changed");
  expect(text.stderr.split(WAITING)[3]).not.toContain("'one'");
  child.kill("SIGINT");
  expect((await finished).exitCode).toBe(130);
  expect(leftovers()).toEqual([]);
});

test("--watch refuses to save in place, where each run would be the next change", async () => {
  const path = write("in-place", "1");
  const { exitCode, stderr } = await runCommand(["run", path, "-w", "-o", path], { env });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--watch cannot save in place");
});
