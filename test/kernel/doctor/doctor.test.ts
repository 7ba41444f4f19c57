import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

test("doctor starts a kernel, tells what is missing and how to mend it, and ends with exit code 1", async () => {
  const home = tempFolder("home");
  // One that may be installed on this machine does not count then.
  const env = { CLAUDE_NOTEBOOK_CLAUDE: join(home, "no-claude") };
  const { exitCode, stdout, stderr } = await runCli(["doctor"], { home, env });
  expect([exitCode, stderr]).toEqual([1, ""]);
  expect(stdout).toContain("✓ kernel      starts, checks a cell and runs it");
  expect(stdout).toMatch(/✗ kernelspec {2}none in .*\n +Install the kernel: `claude-notebook install`/);
  expect(stdout).toMatch(/✗ claude {6}There is no program .*\n +Set CLAUDE_NOTEBOOK_CLAUDE/);
  expect(stdout).toMatch(/\d well, \d to know of, \d to mend\.$/);
});

test("doctor --json is one object; with all in place the exit code is 0", async () => {
  const home = tempFolder("home");
  const bin = join(home, "bin");
  mkdirSync(bin);
  const data = join(home, ".local", "share", "jupyter");
  const program = (name: string, text: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program("jupyter", `echo '${JSON.stringify({ data: [data], config: [], runtime: [] })}'`);
  program("jupyter-lab", "echo 4.6.6");
  const status = { loggedIn: true, authMethod: "claude.ai", apiProvider: "firstParty" };
  program("claude", `[ "$1" = auth ] && echo '${JSON.stringify(status)}' || echo "2.1.197 (Claude Code)"`);
  const env = { PATH: [bin, dirname(process.execPath), "/usr/bin", "/bin"].join(":") };
  expect(await runCli(["install"], { home, env })).toMatchObject({ exitCode: 0 });

  const { exitCode, stdout } = await runCli(["doctor", "--json"], { home, env });
  const diagnosis = JSON.parse(stdout) as { ok: boolean; checks: { name: string; status: string }[] };
  expect(diagnosis.checks.filter((each) => each.status !== "ok")).toEqual([]);
  expect(diagnosis.checks.map(({ name }) => name)).toEqual([
    "node",
    "jupyter",
    "kernelspec",
    "extension",
    "kernel",
    "claude",
    "login",
    "recordings",
  ]);
  expect([diagnosis.ok, exitCode]).toEqual([true, 0]);
});

test.each([
  [
    "fails",
    'throw new Error("not today")',
    "!",
    /it runs a cell, and says: The startup file .*own\.ts failed/,
    0,
  ],
  ["ends the kernel", "process.kill(process.pid, 'SIGKILL')", "✗", /it does not run a cell: .*/, 1],
])("a startup file that %s is told with the kernel's row", async (_what, code, mark, found, exitCode) => {
  const home = tempFolder("home");
  mkdirSync(join(home, "startup"));
  writeFileSync(join(home, "startup", "own.ts"), code);
  const env = { CLAUDE_NOTEBOOK_CONFIG_DIR: home, CLAUDE_NOTEBOOK_MODE: "replay" };
  await runCli(["install"], { home, env });
  const run = await runCli(["doctor"], { home, env });
  const row = run.stdout.split("\n").find((line) => line.includes(" kernel "));
  expect(row).toMatch(found);
  expect(row).toMatch(new RegExp(`^${mark}`));
  expect(run.exitCode).toBe(exitCode);
});
