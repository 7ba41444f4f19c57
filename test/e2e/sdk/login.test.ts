import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listProcesses } from "../../../src/process/assets/process-tree.mjs";
import { eventually, lives } from "../../src/fake-claude.js";
import { aroundClaude } from "./around-claude.js";

const cli = join(resolve(import.meta.dirname, "../../.."), "dist", "kernel", "cli");

/** Starts a login on the real CLI, in a home of its own and without a browser. */
async function startLogin(program: string, ...args: readonly string[]) {
  const { options, home } = await aroundClaude();
  const child = spawn(process.execPath, [join(cli, program), ...args], {
    cwd: options.cwd,
    env: {
      ...process.env,
      ...options.env,
      HOME: home,
      BROWSER: "/bin/true",
      CLAUDE_NOTEBOOK_CLAUDE: options.cliPath,
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  return { child, exited, said: () => said };
}

test.each([
  ["claude-notebook auth login", "main.js", ["auth", "login"]],
  ["claude-auth login", "claude-auth.js", ["login"]],
])("%s shows the CLI's own dialogue, and leaves nothing behind when it is left", async (_, program, args) => {
  const { child, exited, said } = await startLogin(program, ...args, "--email=me@example.com");
  expect(await eventually(() => said().includes("oauth/authorize"), 60_000)).toBe(true);
  expect(said()).toContain(encodeURIComponent("me@example.com"));
  const own = listProcesses().filter(({ ppid }) => ppid === child.pid);
  expect(own.length).toBeGreaterThan(0);
  child.kill("SIGINT");
  expect(await exited).not.toBe(0);
  expect(await eventually(() => own.every(({ pid }) => !lives(pid)))).toBe(true);
});

test("claude-auth status and logout are those of claude-notebook", async () => {
  const status = await startLogin("claude-auth.js", "status");
  expect(await status.exited).toBe(1);
  expect(status.said()).toMatch(/^Not logged in/);
  const logout = await startLogin("claude-auth.js", "logout");
  expect(await logout.exited).toBe(0);
  expect(logout.said()).toContain("Logged out");
});
