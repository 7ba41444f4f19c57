import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "cn-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const notebook = (metadata: object, cells: object[] = []): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });

test("--help, help COMMAND and --version answer on stdout", async () => {
  const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../package.json"), "utf8"));
  expect(await runCommand(["--version"])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
  for (const args of [["--help"], [], ["help"], ["help", "run"], ["export", "--help"]]) {
    expect(await runCommand(args)).toMatchObject({
      exitCode: 0,
      stderr: "",
      stdout: expect.stringContaining("Usage:"),
    });
  }
});

test("a command line that cannot be understood is exit code 2, with the nearest name and no stack", async () => {
  const { exitCode, stdout, stderr } = await runCommand(["instal"]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(
    "claude-notebook: Unknown command instal. Did you mean install?\n  See `claude-notebook --help`.\n",
  );
});

test("install prints the folder, uninstall removes it", async () => {
  const installed = await runCommand(["install", "--prefix", folder]);
  const kernel = join(folder, "share", "jupyter", "kernels", "claude-notebook");
  expect(installed).toEqual({ exitCode: 0, stdout: `${kernel}\n`, stderr: "" });
  expect(existsSync(join(kernel, "kernel.json"))).toBe(true);
  expect(await runCommand(["uninstall", "--prefix", folder])).toMatchObject({
    exitCode: 0,
    stdout: `${kernel}\n`,
  });
  expect(existsSync(kernel)).toBe(false);
});

test.each([
  ["a notebook that is not there", ["run", "/no/such.ipynb"], "There is no notebook at /no/such.ipynb."],
  ["a file that is not JSON", ["export", write("text.ipynb", "{\n")], "is not JSON (line 2, column 1)"],
  [
    "a notebook for another kernel",
    ["run", write("python.ipynb", notebook({ kernelspec: { name: "python3", display_name: "Python 3" } }))],
    'for the kernel "python3" (Python 3)',
  ],
  ["the same with export --execute", ["export", "--execute", join(folder, "python.ipynb")], '"python3"'],
  [
    "a folder as output",
    ["run", write("empty.ipynb", notebook({})), "-o", folder],
    "it is a notebook that is run",
  ],
  [
    "an output in a folder that is not there",
    ["export", join(folder, "empty.ipynb"), "-o", "/no/where/x.html"],
    "no such file or folder",
  ],
  ["a place that cannot be written", ["install", "--prefix", "/dev/null"], "Cannot install into"],
])("%s is one clear line on stderr and exit code 1", async (_title, args, words) => {
  const { exitCode, stdout, stderr } = await runCommand(args);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(words);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("CLAUDE_NOTEBOOK_DEBUG=1 shows the stack", async () => {
  const { exitCode, stderr } = await runCommand(["run", "/no.ipynb"], {
    env: { CLAUDE_NOTEBOOK_DEBUG: "1" },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^\s+at /m);
});

test("a notebook of any language, or of none, is exported with its outputs", async () => {
  const outputs = [{ output_type: "stream", name: "stdout", text: ["from ", "python\n"] }];
  const cells = [{ cell_type: "code", source: "print()", outputs, execution_count: 1 }];
  for (const metadata of [{ kernelspec: { name: "python3" } }, {}]) {
    const path = write("any.ipynb", notebook(metadata, cells));
    const { exitCode, stdout } = await runCommand(["export", path, "--title", "A <title>"]);
    expect([exitCode, stdout]).toEqual([0, `${join(folder, "any.html")}\n`]);
    const page = readFileSync(join(folder, "any.html"), "utf8");
    expect(page).toContain("from python");
    expect(page).toContain("<title>A &lt;title&gt;</title>");
  }
});

test("a reader that stops reading is no error", async () => {
  const script = join(folder, "pipe.sh");
  const main = resolve(import.meta.dirname, "../../../dist/kernel/cli/main.js");
  writeFileSync(script, `"${process.execPath}" "${main}" help export | true\nexit \${PIPESTATUS[0]}\n`);
  chmodSync(script, 0o755);
  const child = spawn("bash", [script], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const exitCode = await new Promise((done) => child.on("close", done));
  expect([exitCode, stderr]).toEqual([0, ""]);
});
