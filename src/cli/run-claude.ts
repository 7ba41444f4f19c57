import { randomUUID } from "node:crypto";
import { CLIConnectionError, CommandError } from "../errors.js";
import { resolveCwd } from "../options/resolve-cwd.js";
import { RUN_VARIABLE, type Run, startOf } from "../process/assets/process-tree.mjs";
import { endRun } from "../process/end-run.js";
import { type FoundClaude, findClaude } from "../process/find-claude.js";
import { onAbort } from "../process/on-abort.js";
import { superviseRun } from "../process/supervise-run.js";
import { redactSecrets } from "../redact/redact-secrets.js";

/** What all functions that run a sub-command of the CLI take. */
export interface ClaudeCommandOptions {
  /** The `claude` to run. @defaultValue found as for `query()` */
  readonly cliPath?: string | undefined;
  /** Project that the command is about: a path or a `file:` URL. @defaultValue process.cwd() */
  readonly cwd?: string | URL | undefined;
  /** Variables to add to this process's environment; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Longest it may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** How a sub-command ended. */
export interface ClaudeCommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Most sub-commands take a second; `mcp list` waits for servers. In milliseconds. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** How much output is held, in characters; no sub-command comes near. */
const MAX_OUTPUT = 4 * 1024 * 1024;
const SHOWN_OUTPUT = 16 * 1024;

/** The `claude` that these options choose. @throws CLINotFoundError */
export function claudeOf(options: ClaudeCommandOptions): FoundClaude {
  return findClaude({ given: options.cliPath, env: { ...process.env, ...options.env } });
}

/**
 * Runs a sub-command of the CLI to its end, without a terminal and with nothing to read. Whatever it started has ended
 * too when this settles.
 *
 * @param terminal hands it this process's terminal instead, for those that ask; there is no time limit then.
 * @returns how it ended, also with an exit code other than 0.
 * @throws CLINotFoundError, CLIConnectionError, CommandError when it takes too long, and the abort's reason.
 */
export async function runClaude(
  args: readonly string[],
  options: ClaudeCommandOptions = {},
  terminal = false,
): Promise<ClaudeCommandResult> {
  const { file, args: first } = claudeOf(options);
  const { execa } = await import("execa");
  options.abortSignal?.throwIfAborted();
  const id = randomUUID();
  const subprocess = execa(file, [...first, ...args], {
    cwd: resolveCwd(options.cwd),
    env: { CLAUDECODE: undefined, ...options.env, [RUN_VARIABLE]: id },
    stdio: terminal ? "inherit" : ["ignore", "pipe", "pipe"],
    maxBuffer: MAX_OUTPUT,
    reject: false,
    stripFinalNewline: false,
    windowsHide: true,
  });
  const { pid } = subprocess;
  if (pid === undefined) {
    const { cause, shortMessage } = await subprocess;
    throw new CLIConnectionError(`The claude CLI at ${file} could not be started: ${shortMessage}`, {
      cause,
      hints: [`Check that \`${file} --version\` runs in a terminal.`],
    });
  }
  const run: Run = { pid, started: startOf(pid), id };
  const release = superviseRun(run);
  const exited = new Promise<void>((resolve) => subprocess.once("exit", () => resolve()));
  let stopped: { reason: unknown } | undefined;
  let ending: Promise<void> | undefined;
  const stop = (reason: unknown): void => {
    stopped ??= { reason };
    ending ??= endRun(run, exited);
  };
  const limit = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const timer = terminal ? undefined : setTimeout(() => stop(tookTooLong(args, limit)), limit);
  const ignoreAbort = options.abortSignal && onAbort(options.abortSignal, stop);
  try {
    const { exitCode, stdout, stderr } = await subprocess;
    await ending;
    if (stopped) throw stopped.reason;
    return { exitCode: exitCode ?? 1, stdout: stdout ?? "", stderr: stderr ?? "" };
  } finally {
    clearTimeout(timer);
    ignoreAbort?.();
    release();
  }
}

/** As {@link runClaude}, for commands that must succeed. @throws also CommandError for an exit code other than 0. */
export async function runClaudeOrThrow(
  args: readonly string[],
  options: ClaudeCommandOptions,
): Promise<ClaudeCommandResult> {
  const result = await runClaude(args, options);
  if (result.exitCode !== 0) throw commandError(args, result, options);
  return result;
}

/** A command that failed, in the CLI's own words. */
export function commandError(
  args: readonly string[],
  { exitCode, stdout, stderr }: ClaudeCommandResult,
  { env }: ClaudeCommandOptions,
): CommandError {
  const output = redactSecrets(`${stderr}${stdout}`.trim(), { ...process.env, ...env }).slice(
    0,
    SHOWN_OUTPUT,
  );
  const command = shownCommand(args);
  return new CommandError(
    command,
    `\`claude ${command}\` failed (exit code ${exitCode}): ${output || "it said nothing."}`,
    {
      exitCode,
      output,
    },
  );
}

function tookTooLong(args: readonly string[], limitMs: number): CommandError {
  const command = shownCommand(args);
  return new CommandError(command, `\`claude ${command}\` was ended after ${limitMs} ms.`, {
    hints: ["Give it longer with the option `timeoutMs` (milliseconds)."],
  });
}

/** The words before the first flag: what follows may hold credentials. */
function shownCommand(args: readonly string[]): string {
  const flag = args.findIndex((arg) => arg.startsWith("-"));
  return (flag === -1 ? args : args.slice(0, flag)).join(" ");
}
