import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "../../../kernel/new/templates.js";
import { tempFolder } from "../../support/temp-folder.js";
import { runCommand } from "./command-line.js";

test("new prints the path for programs, and what to do next for people", async () => {
  const cwd = tempFolder();
  const { exitCode, stdout, stderr } = await runCommand(["new"], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout.trim().endsWith("welcome.ipynb")).toBe(true);
  expect(existsSync(stdout.trim())).toBe(true);
  expect(stderr).toContain("jupyter lab welcome.ipynb");
  expect(stderr).toContain("claude-notebook run welcome.ipynb");
});

test("what a template imports is named before all else, and a path with a space stands in quotes", async () => {
  const cwd = tempFolder();
  const { stderr } = await runCommand(["new", "my data/a.ipynb", "-t", "data-analysis-agent"], { cwd });
  expect(stderr.split("\n")[1]).toContain("npm install @duckdb/node-api vega vega-lite");
  expect(stderr).toContain('jupyter lab "my data/a.ipynb"');
});

test("--list and the help name every template with a line on it, and write nothing", async () => {
  const cwd = tempFolder();
  const list = await runCommand(["new", "--list"], { cwd });
  const help = await runCommand(["help", "new"], { cwd });
  for (const { name, summary } of templates) {
    expect(list.stdout).toMatch(new RegExp(`^${name} +${summary}$`, "m"));
    expect(help.stdout).toContain(summary);
  }
  expect(help.stdout).toContain("claude-notebook new [NAME.ipynb] [OPTIONS]");
  expect(readdirSync(cwd)).toEqual([]);
});

test.each([
  ["an unknown template names the nearest", ["--template", "code_revew"], "Did you mean code_review?"],
  ["one that is like none says where they are listed", ["--template", "zzz"], "new --list"],
  ["a second name is one too many", ["a", "b"], 'Unexpected argument "b"'],
])("%s, with exit code 2", async (_, args, message) => {
  const cwd = tempFolder();
  const { exitCode, stderr } = await runCommand(["new", ...args], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(readdirSync(cwd)).toEqual([]);
});

test("a notebook that is there is exit code 1, with what to do", async () => {
  const cwd = tempFolder();
  await runCommand(["new", "a"], { cwd });
  const { exitCode, stdout, stderr } = await runCommand(["new", "a"], { cwd });
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(join(cwd, "a.ipynb"));
  expect(stderr).toContain("--force");
  expect((await runCommand(["new", "a", "--force"], { cwd })).exitCode).toBe(0);
});
