import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { planLaunch } from "../../../src/control/launch-plan.js";
import { CLINotFoundError } from "../../../src/index.js";
import { findClaude } from "../../../src/process/find-claude.js";
import { temporaryFolder } from "../fake-claude.js";

function program(path: string, mode = 0o755): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  chmodSync(path, mode);
  return path;
}

function places() {
  const root = temporaryFolder();
  const cwd = join(root, "project", "deep");
  mkdirSync(cwd, { recursive: true });
  const env = { HOME: join(root, "home"), PATH: join(root, "bin") };
  return { root, cwd, env };
}

/** The error of a search that finds nothing; a developer's own installation in /usr/local/bin would be found. */
function notFound(request: Parameters<typeof findClaude>[0]): CLINotFoundError {
  try {
    throw new Error(`found ${findClaude(request).file}`);
  } catch (error) {
    if (CLINotFoundError.isInstance(error)) return error;
    throw error;
  }
}

test("PATH comes before the project's own installation, and that before the known folders", () => {
  const { root, cwd, env } = places();
  const known = program(join(root, "home", ".claude", "local", "claude"));
  expect(findClaude({ from: cwd, env }).file).toBe(known);
  const own = program(join(root, "project", "node_modules", ".bin", "claude"));
  expect(findClaude({ from: cwd, env }).file).toBe(own);
  const onPath = program(join(root, "bin", "claude"));
  expect(findClaude({ from: cwd, env }).file).toBe(onPath);
});

/** What a search finds; undefined for nothing. */
function found(search: () => { readonly file: string }): string | undefined {
  try {
    return search().file;
  } catch (error) {
    if (CLINotFoundError.isInstance(error)) return undefined;
    throw error;
  }
}

test("a program that the folder of a query brings is not run", () => {
  const { root, env } = places();
  const folder = join(root, "stranger");
  const brought = program(join(folder, "node_modules", ".bin", "claude"));
  expect(found(() => planLaunch({ env: { ...env, CLAUDE_NOTEBOOK_CLAUDE: undefined } }, folder))).not.toBe(
    brought,
  );
});

test("nor one that the folder of this process brings, which for a kernel is the notebook's", () => {
  const { root, env } = places();
  const folder = join(root, "stranger");
  const brought = program(join(folder, "node_modules", ".bin", "claude"));
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(found(() => findClaude({ env }))).not.toBe(brought);
  } finally {
    process.chdir(before);
  }
});

test.runIf(process.getuid?.() === 0)("nor one that another user has put into a folder above", () => {
  const { root, cwd, env } = places();
  const planted = program(join(root, "node_modules", ".bin", "claude"));
  chownSync(planted, 65_534, 65_534);
  expect(found(() => findClaude({ from: cwd, env }))).not.toBe(planted);
  chownSync(planted, 0, 0);
  expect(found(() => findClaude({ from: cwd, env }))).toBe(planted);
});

test("a path that is given comes before everything, CLAUDE_NOTEBOOK_CLAUDE after it", () => {
  const { root, cwd, env } = places();
  program(join(root, "bin", "claude"));
  const named = program(join(root, "named"));
  const given = program(join(root, "given"));
  const withVariable = { ...env, CLAUDE_NOTEBOOK_CLAUDE: named };
  expect(findClaude({ from: cwd, env: withVariable }).file).toBe(named);
  expect(findClaude({ from: cwd, env: withVariable, given }).file).toBe(given);
});

test("a bare name is looked up on PATH", () => {
  const { root, cwd, env } = places();
  const path = program(join(root, "bin", "my-claude"));
  expect(findClaude({ from: cwd, env, given: "my-claude" }).file).toBe(path);
});

test("a script runs in this Node, executable or not", () => {
  const { root, cwd, env } = places();
  const script = program(join(root, "cli.js"), 0o644);
  expect(findClaude({ from: cwd, env, given: script })).toEqual({ file: process.execPath, args: [script] });
});

test("a given path that does not exist is not replaced by another installation", () => {
  const { root, cwd, env } = places();
  program(join(root, "bin", "claude"));
  const error = notFound({ from: cwd, env, given: join(root, "missing") });
  expect(error.triedPaths).toEqual([join(root, "missing")]);
  expect(error.message).toContain("`pathToClaudeCodeExecutable`");
});

test("folders and files that cannot be run are passed over", () => {
  const { root, cwd, env } = places();
  mkdirSync(join(root, "bin", "claude"), { recursive: true });
  const second = program(join(root, "bin2", "claude"));
  const path = `${env.PATH}:${program(join(root, "bin3", "claude"), 0o644).replace("/claude", "")}:${join(root, "bin2")}`;
  expect(findClaude({ from: cwd, env: { ...env, PATH: path } }).file).toBe(second);
});

test("on Windows a program is an .exe or a .cmd", () => {
  const { root, cwd, env } = places();
  program(join(root, "bin", "claude"));
  const cmd = program(join(root, "bin", "claude.cmd"));
  expect(findClaude({ from: cwd, env, platform: "win32" }).file).toBe(cmd);
});

test("nothing found: the error lists every place and says how to install", () => {
  const { root, cwd, env } = places();
  const error = notFound({ from: cwd, env, platform: "win32" });
  expect(error.triedPaths).toContain(join(root, "bin", "claude.exe"));
  expect(error.triedPaths).toContain(join(root, "node_modules", ".bin", "claude.cmd"));
  expect(error.hints.join()).toContain("npm i -g @anthropic-ai/claude-code");
});
