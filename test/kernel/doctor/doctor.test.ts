import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/run-cli.js";
import { tempFolder } from "../../support/temp-folder.js";

test("doctor starts a kernel, tells what is missing and how to mend it, and ends with exit code 1", async () => {
  const home = tempFolder("home");
  const { exitCode, stdout, stderr } = await runCli(["doctor"], { home });
  expect([exitCode, stderr]).toEqual([1, ""]);
  expect(stdout).toContain("✓ kernel      starts, checks a cell and runs it");
  expect(stdout).toMatch(/✗ kernelspec {2}none in .*\n +Install the kernel: `claude-notebook install`/);
  expect(stdout).toMatch(/✗ claude {6}.*not found.*\n +Install it with/);
  expect(stdout).toMatch(/\d well, \d to know of, \d to mend\.\n$/);
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
