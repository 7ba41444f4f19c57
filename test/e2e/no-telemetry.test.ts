import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyDemo } from "../support/demo-notebook.js";
import { runCli } from "../support/run-cli.js";
import { tempFolder } from "../support/temp-folder.js";

const recorder = join(import.meta.dirname, "../support/record-connections.cjs");

/** A socket file, or an address that does not leave this machine. */
const stays = /^(?:\/|\\\\[.?]\\pipe\\|localhost\b|127\.\d+\.\d+\.\d+(?::|$)|::1\b|\[::1\])/;

/** Runs a command of ours with every Node of it watched. */
async function watched(
  home: string,
  args: readonly string[],
): Promise<{ exitCode: number; said: string; calls: string[] }> {
  const file = join(home, `calls-${args[0]}`);
  const env = { NODE_OPTIONS: `--require ${JSON.stringify(recorder)}`, RECORD_CONNECTIONS: file };
  const { exitCode, stderr } = await runCli(args, { home, env });
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  return { exitCode, said: stderr, calls: lines.map((line) => (JSON.parse(line) as [string, string])[1]) };
}

test("no program of ours calls anybody: installing, running a notebook from its recordings, exporting it", async () => {
  const home = tempFolder();
  const notebook = copyDemo(home);
  const installed = await watched(home, ["install", "--prefix", join(home, "prefix")]);
  const ran = await watched(home, ["run", notebook, "-o", join(home, "out.ipynb")]);
  const exported = await watched(home, ["export", join(home, "out.ipynb")]);
  for (const { exitCode, said, calls } of [installed, ran, exported]) {
    expect(exitCode, said).toBe(0);
    expect(calls.filter((where) => !stays.test(where))).toEqual([]);
  }
  // The runner speaks to its own server: the calls are seen.
  expect(ran.calls.length).toBeGreaterThan(0);
});

test("a call to somebody else would be seen, also one from a cell", async () => {
  const home = tempFolder();
  const source = 'await fetch("http://nobody.invalid/").catch(() => "refused")';
  const cell = { id: "a", cell_type: "code", metadata: {}, source, outputs: [], execution_count: null };
  const kernelspec = { name: "claude-notebook", display_name: "TypeScript (Claude)", language: "typescript" };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: [cell] };
  writeFileSync(join(home, "calls.ipynb"), JSON.stringify(notebook));
  const { calls } = await watched(home, ["run", "calls.ipynb"]);
  expect(calls.filter((where) => !stays.test(where)).join()).toContain("nobody.invalid");
});
