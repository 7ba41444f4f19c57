import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

const main = join(resolve(import.meta.dirname, "../../.."), "dist", "kernel", "cli", "main.js");

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `claude-notebook ...args` as built, in a process of its own. */
export function startCommand(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
) {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
    });
  }
  const finished = new Promise<Finished>((done) => {
    child.on("close", (exitCode) => done({ exitCode, ...text }));
  });
  return { child, finished, text };
}

export function runCommand(
  args: readonly string[],
  options: Parameters<typeof startCommand>[1] = {},
): Promise<Finished> {
  return startCommand(args, options).finished;
}
