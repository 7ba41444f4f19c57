import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { recorderEnv } from "./recorded-messages.js";

/** The built command line. */
const cliPath = resolve(import.meta.dirname, "../../dist/kernel/cli/main.js");

/** Longest a command may take before a test gives up on it, in milliseconds. */
const COMMAND_TIMEOUT_MS = 120_000;

/** What a command of ours printed and how it ended. */
export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `claude-notebook …` as a stranger would: no `claude` on PATH, a home folder of its own, and of this process's
 * environment only what `env` names.
 */
export async function runCli(
  args: readonly string[],
  options: {
    cwd?: string;
    home: string;
    env?: Record<string, string>;
    signal?: AbortSignal;
    timeoutMs?: number;
  },
): Promise<CliRun> {
  const run = await execa(process.execPath, [cliPath, ...args], {
    cwd: options.cwd ?? options.home,
    env: strangerEnv(options.home, options.env),
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: options.timeoutMs ?? COMMAND_TIMEOUT_MS,
    ...(options.signal && { cancelSignal: options.signal }),
  });
  return { exitCode: run.exitCode ?? -1, stdout: String(run.stdout), stderr: String(run.stderr) };
}

/** An environment without `claude`, credentials or the developer's settings. */
export function strangerEnv(home: string, more: Record<string, string> = {}): Record<string, string> {
  const path = [dirname(process.execPath), "/usr/bin", "/bin"].join(":");
  const { CLAUDE_NOTEBOOK_ENGINE: engine } = process.env;
  return {
    PATH: path,
    HOME: home,
    CLAUDE_CONFIG_DIR: join(home, ".claude"),
    ...(engine !== undefined && { CLAUDE_NOTEBOOK_ENGINE: engine }),
    ...recorderEnv(),
    ...more,
  };
}
