import { randomUUID } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import { CLIConnectionError, CLIJSONDecodeError } from "../errors.js";
import { isRawMessage, type RawMessage } from "../messages/parse-message.js";
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
  /**
   * Sees each line as it arrives, also while nobody reads; what it takes (returns true for) never reaches `lines`.
   * May not throw.
   */
  readonly takeLine?: ((raw: RawMessage) => boolean) | undefined;
  /** Gets what the CLI writes to stderr, as it comes, with credentials replaced. */
  readonly onStderr?: ((text: string) => void) | undefined;
}

/** A running CLI. The `atMs` of its lines is `performance.now()` at their arrival. */
export interface ClaudeProcess {
  readonly pid: number;
  readonly exited: boolean;
  /** Writes to stdin; a CLI that has gone is no error here: `ended` tells. */
  write(text: string): void;
  /** Tells the CLI that nothing more will be written. */
  closeInput(): void;
  /** Whether this process keeps the program alive; a spare one must not. */
  keepAlive(keep: boolean): void;
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
  const subprocess = execa(command.file, command.args, {
    cwd: command.cwd,
    // A CLI that believes to run inside another one refuses some of its work.
    env: { CLAUDECODE: undefined, ...command.env, [RUN_VARIABLE]: id },
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
    if (command.takeLine?.(raw)) return;
    queue.push({ type: "line", raw, atMs: performance.now() }, line.length);
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
  const env = { ...process.env, ...command.env };
  subprocess.stderr.on("data", (chunk: Buffer) => {
    const text = decoder.write(chunk);
    stderr.push(text);
    command.onStderr?.(redactSecrets(text, env));
  });
  // EPIPE after the CLI has gone: how it ended says more.
  subprocess.stdin.on("error", () => {});

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
      stderr: redactSecrets(stderr.text, env).slice(-SHOWN_STDERR),
      unfinishedLine,
    };
  });

  return {
    pid,
    get exited() {
      return subprocess.exitCode !== null || subprocess.signalCode !== null;
    },
    write(text) {
      if (subprocess.stdin.writable) subprocess.stdin.write(text);
    },
    closeInput: () => void subprocess.stdin.end(),
    keepAlive(keep) {
      const { stdin, stderr } = subprocess;
      const handles = [subprocess, stdin, stdout, stderr] as unknown as NodeJS.RefCounted[];
      for (const handle of handles) {
        if (keep) handle.ref();
        else handle.unref();
      }
    },
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
