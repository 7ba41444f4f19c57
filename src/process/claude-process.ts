import { randomUUID } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import { CLIConnectionError, CLIJSONDecodeError } from "../errors.js";
import { isRawMessage } from "../messages/parse-message.js";
import { redactSecrets } from "../redact/redact-secrets.js";
import type { TurnEnd, TurnLine } from "../turn.js";
import { RUN_VARIABLE, type Run, startOf } from "./assets/process-tree.mjs";
import { createBoundedTail } from "./bounded-tail.js";
import { endRun } from "./end-run.js";
import { createItemQueue } from "./item-queue.js";
import { createLineSplitter, LineTooLongError } from "./split-lines.js";
import { superviseRun } from "./supervise-run.js";

export interface ClaudeCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to this process's environment; `undefined` removes a variable. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Written to stdin, which is then closed. */
  readonly input: string;
}

/** A running CLI. */
export interface ClaudeProcess {
  readonly pid: number;
  /** The lines as they come; throws a CLIJSONDecodeError after those before a line that is no message. */
  readonly lines: AsyncIterable<TurnLine>;
  /** How it ended; settles when it has, and all that it wrote was read. */
  readonly ended: Promise<TurnEnd>;
  /** Makes the reader of `lines` throw at once. */
  fail(error: unknown): void;
  /** Ends it and all that its tools started, unless it has exited by itself: then what it left in the background was meant to stay. */
  end(): Promise<void>;
}

/** Unread output at which reading pauses, in bytes: far more than a reader that keeps up ever leaves, little enough to hold. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

/** How much of stderr is held, and how much of that an error shows, in UTF-16 units; what lies between keeps a credential that was cut from being shown. */
const HELD_STDERR = 64 * 1024;
const SHOWN_STDERR = 16 * 1024;

/**
 * How long stdout may stay silent and open after the CLI has ended, in milliseconds. A process that a tool left in the
 * background can hold the pipe open for as long as it lives.
 */
const OPEN_PIPE_PATIENCE_MS = 1_000;

/** Starts the CLI. @throws CLIConnectionError when it cannot be started. */
export async function startClaudeProcess(command: ClaudeCommand): Promise<ClaudeProcess> {
  const { execa } = await import("execa");
  const id = randomUUID();
  const startedAt = performance.now();
  const subprocess = execa(command.file, command.args, {
    cwd: command.cwd,
    // A CLI that believes to run inside another one refuses some of its work.
    env: { CLAUDECODE: undefined, ...command.env, [RUN_VARIABLE]: id },
    input: command.input,
    buffer: false,
    reject: false,
    cleanup: true,
    windowsHide: true,
  });
  const { pid } = subprocess;
  if (pid === undefined) throw startFailure(command.file, await subprocess);

  const run: Run = { pid, started: startOf(pid), id };
  const release = superviseRun(run);
  const stdout = subprocess.stdout;
  const queue = createItemQueue<TurnLine>(() => {
    if (stdout.isPaused() && queue.size < MAX_UNREAD_BYTES / 2) stdout.resume();
  });
  const splitter = createLineSplitter();
  let lastReadAt = performance.now();
  let ending: Promise<void> | undefined;

  const push = (line: string): void => {
    if (line.trim() === "") return;
    const raw = parseLine(line);
    queue.push({ type: "line", raw, atMs: performance.now() - startedAt }, line.length);
  };
  stdout.on("data", (chunk: Uint8Array) => {
    lastReadAt = performance.now();
    try {
      splitter.push(chunk).forEach(push);
    } catch (error) {
      queue.end(asDecodeError(error));
    }
    if (queue.size > MAX_UNREAD_BYTES && !ending) stdout.pause();
  });

  const stderr = createBoundedTail(HELD_STDERR);
  const decoder = new StringDecoder("utf8");
  subprocess.stderr.on("data", (chunk: Buffer) => stderr.push(decoder.write(chunk)));

  const exited = new Promise<void>((resolve) => {
    subprocess.once("exit", () => resolve());
  });
  void exited.then(() => closeSilentPipe());
  const closeSilentPipe = (): void => {
    if (stdout.destroyed) return;
    if (!stdout.isPaused() && performance.now() - lastReadAt > OPEN_PIPE_PATIENCE_MS) {
      stdout.destroy();
      subprocess.stderr.destroy();
    } else setTimeout(closeSilentPipe, OPEN_PIPE_PATIENCE_MS / 2);
  };

  const ended = subprocess.then((result): TurnEnd => {
    release();
    let unfinishedLine: string | undefined;
    const rest = splitter.end();
    try {
      if (rest !== undefined) push(rest);
    } catch {
      unfinishedLine = rest;
    }
    queue.end();
    return {
      type: "end",
      exitCode: result.exitCode,
      signal: result.signal,
      stderr: redactSecrets(stderr.text, { ...process.env, ...command.env }).slice(-SHOWN_STDERR),
      unfinishedLine,
    };
  });

  return {
    pid,
    lines: queue,
    ended,
    fail: (error) => queue.fail(error),
    end() {
      ending ??= subprocess.exitCode === null ? endRun(run, exited) : Promise.resolve();
      // Unread output would keep the pipe, and with it `ended`, open.
      stdout.resume();
      return ending;
    },
  };
}

function parseLine(line: string): TurnLine["raw"] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new CLIJSONDecodeError(redactSecrets(line.slice(0, HELD_STDERR)), { cause: error });
  }
  if (!isRawMessage(value)) throw new CLIJSONDecodeError(redactSecrets(line.slice(0, HELD_STDERR)));
  return value;
}

function asDecodeError(error: unknown): unknown {
  if (!(error instanceof LineTooLongError)) return error;
  return new CLIJSONDecodeError(redactSecrets(error.beginning), { cause: error });
}

function startFailure(
  file: string,
  result: { shortMessage?: string | undefined; cause?: unknown },
): CLIConnectionError {
  const why =
    result.cause instanceof Error ? result.cause.message : (result.shortMessage ?? "unknown reason");
  return new CLIConnectionError(`The claude CLI at ${file} could not be started: ${why}`, {
    cause: result.cause ?? result,
    hints: [`Check that \`${file} --version\` runs in a terminal.`],
  });
}
