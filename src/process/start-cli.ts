import { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { CLIConnectionError } from "../errors.js";
import { RUN_VARIABLE, startOf } from "./assets/process-tree.mjs";
import { endRemote } from "./end-remote.js";
import { endRun } from "./end-run.js";
import { type LocalProcess, spawnProgram } from "./spawn-program.js";
import type { SpawnClaudeCodeProcess, SpawnedProcess } from "./spawned-process.js";
import { superviseRun } from "./supervise-run.js";
import type { UserIds } from "./user-ids.js";

export interface CliCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to this process's environment; `undefined` removes a variable. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Starts it in place of this computer. */
  readonly spawn?: SpawnClaudeCodeProcess | undefined;
  readonly user?: UserIds | undefined;
}

/** A CLI that was started, and what ends it. */
export interface StartedCli {
  readonly child: SpawnedProcess;
  /** undefined for a process that runs somewhere else. */
  readonly pid: number | undefined;
  /** To be called when it has ended by itself. */
  release(): void;
  /** Ends it and, on this computer, all that its tools started. @param exited resolves when it has ended. */
  end(exited: Promise<unknown>): Promise<void>;
}

/** Starts the CLI. @throws CLIConnectionError when it cannot be started. */
export async function startCli(command: CliCommand): Promise<StartedCli> {
  const { file, args, cwd, spawn } = command;
  const id = randomUUID();
  // A CLI that believes to run inside another one refuses some of its work.
  const env = { ...process.env, CLAUDECODE: undefined, ...command.env, [RUN_VARIABLE]: id };
  try {
    if (!spawn) return supervise(await spawnProgram({ command: file, args, cwd, env }, command.user), id);
    const abort = new AbortController();
    const child = spawn({ command: file, args, cwd, env, signal: abort.signal });
    if (isLocal(child)) return supervise(child, id, abort);
    return { child, pid: undefined, release: () => {}, end: (exited) => endRemote(child, exited, abort) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CLIConnectionError(`The claude CLI at ${file} could not be started: ${why}`, {
      cause,
      hints: [`Check that \`${file} --version\` runs in a terminal.`],
    });
  }
}

/** A child of ours, be it the client of a container: what it started here can be found and ended. */
function isLocal(child: SpawnedProcess): child is LocalProcess {
  return child instanceof ChildProcess && child.pid !== undefined;
}

function supervise(child: LocalProcess, id: string, abort?: AbortController): StartedCli {
  const { pid } = child;
  const run = { pid, started: startOf(pid), id };
  return {
    child,
    pid,
    release: superviseRun(run),
    async end(exited) {
      await endRun(run, exited);
      abort?.abort();
    },
  };
}
