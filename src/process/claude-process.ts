import { StringDecoder } from "node:string_decoder";
import { CLIConnectionError, CLIJSONDecodeError } from "../errors.js";
import { isRawMessage, type RawMessage } from "../messages/parse-message.js";
import { redactSecrets } from "../redact/redact-secrets.js";
import type { TurnEnd, TurnLine } from "../turn.js";
import { createBoundedTail } from "./bounded-tail.js";
import { type ChildExit, closeOf, exitOf } from "./child-events.js";
import { createReadGatherer } from "./gather-reads.js";
import { createItemQueue } from "./item-queue.js";
import { createLineSplitter, LineTooLongError } from "./split-lines.js";
import { type CliCommand, startCli } from "./start-cli.js";

export interface ClaudeCommand extends CliCommand {
  /**
   * Sees each line as it arrives, also while nobody reads; what it takes (returns true for) never reaches `lines`.
   * May not throw.
   */
  readonly takeLine?: ((raw: RawMessage) => boolean) | undefined;
  /** Gets what the CLI writes to stderr, as it comes, with credentials replaced. */
  readonly onStderr?: ((text: string) => void) | undefined;
  /** Whether an end that nobody asked for was a crash, after which nothing that the CLI started is to live on. */
  readonly isCrash?: ((exit: ChildExit) => boolean) | undefined;
  /** Awaited before `lines` end, when all that the CLI wrote was read. May not throw. */
  readonly beforeEnd?: (() => Promise<void>) | undefined;
  /** The longest line that is accepted, in bytes. @defaultValue MAX_LINE_BYTES */
  readonly maxLineBytes?: number | undefined;
}

/** A running CLI. The `atMs` of its lines is `performance.now()` at their arrival. */
export interface ClaudeProcess {
  /** undefined for a process that runs somewhere else. */
  readonly pid: number | undefined;
  readonly exited: boolean;
  /** Whether `lines` end with an error, now or once they are read so far. */
  readonly failed: boolean;
  /** Writes to stdin; a CLI that has gone is no error here: `ended` tells. */
  write(text: string): void;
  /** Tells the CLI that nothing more will be written. */
  closeInput(): void;
  /** Whether this process keeps the program alive; a spare one must not. */
  keepAlive(keep: boolean): void;
  /** The lines as they come; throws a CLIJSONDecodeError after those before a line that is no message. */
  readonly lines: AsyncIterable<TurnLine>;
  /** Adds a message to the lines, as if the CLI had said it. */
  addLine(raw: RawMessage): void;
  /** How it ended; settles when it has, and all that it wrote was read. */
  readonly ended: Promise<TurnEnd>;
  /** Makes the reader of `lines` throw at once. */
  fail(error: unknown): void;
  /** Ends it and all that its tools started, unless it has exited by itself and well: then what it left in the background was meant to stay. */
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
  const cli = await startCli(command);
  const { child } = cli;
  const { stdin, stdout } = child;
  /** Whether reading waits for the reader of the lines. */
  let isFull = false;
  const queue = createItemQueue<TurnLine>(() => {
    if (!isFull || queue.size >= MAX_UNREAD_BYTES / 2) return;
    isFull = false;
    stdout.resume();
  });
  const gatherer = createReadGatherer(stdout, () => !isFull);
  const splitter = createLineSplitter(command.maxLineBytes);
  let lastReadAt = performance.now();
  let ending: Promise<void> | undefined;
  let failed = false;

  const push = (line: string): void => {
    if (line.trim() === "") return;
    const raw = parseLine(line);
    if (command.takeLine?.(raw)) return;
    queue.push({ type: "line", raw, atMs: performance.now() }, line.length);
  };
  stdout.on("data", (chunk: Uint8Array) => {
    lastReadAt = performance.now();
    // After a line that cannot be read, nothing can be trusted any more.
    if (failed) return;
    try {
      for (const line of splitter.push(chunk)) push(line);
    } catch (error) {
      failed = true;
      queue.end(asDecodeError(error));
    }
    if (queue.size > MAX_UNREAD_BYTES && !ending) {
      isFull = true;
      stdout.pause();
    } else gatherer.note(chunk.length);
  });

  const stderr = createBoundedTail(HELD_STDERR);
  const decoder = new StringDecoder("utf8");
  const env = { ...process.env, ...command.env };
  child.stderr?.on("data", (chunk: Buffer) => {
    const text = decoder.write(chunk);
    stderr.push(text);
    command.onStderr?.(redactSecrets(text, env));
  });
  // EPIPE after the CLI has gone: how it ended says more.
  stdin.on("error", () => {});

  let giveUp = (): void => {};
  const givenUp = new Promise<ChildExit>((resolve) => {
    giveUp = () => resolve({});
  });
  const exited = Promise.race([exitOf(child, (error) => queue.end(processFailure(error))), givenUp]);
  const closeSilentPipe = (): void => {
    if (stdout.destroyed) return;
    if (!stdout.isPaused() && performance.now() - lastReadAt > OPEN_PIPE_PATIENCE_MS) {
      stdout.destroy();
      child.stderr?.destroy();
    } else setTimeout(closeSilentPipe, OPEN_PIPE_PATIENCE_MS / 2);
  };
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
    closeSilentPipe();
  });

  const read = Promise.all([exited, closeOf(stdout), closeOf(child.stderr)]);
  const ended = read.then(async ([exit]): Promise<TurnEnd> => {
    let unfinishedLine: string | undefined;
    const rest = splitter.end();
    try {
      if (rest !== undefined) push(rest);
    } catch {
      unfinishedLine = rest;
    }
    if (!ending && command.isCrash?.(exit)) await cli.end(exited);
    cli.release();
    await command.beforeEnd?.();
    queue.end();
    const said = stderr.text;
    return {
      type: "end",
      exitCode: exit.code,
      signal: exit.signal,
      stderr: said && redactSecrets(said, env).slice(-SHOWN_STDERR),
      unfinishedLine,
    };
  });

  return {
    pid: cli.pid,
    get exited() {
      return hasExited || child.exitCode !== null;
    },
    get failed() {
      return failed;
    },
    write(text) {
      if (stdin.writable) stdin.write(text);
    },
    closeInput() {
      if (!stdin.writableEnded) stdin.end();
    },
    keepAlive(keep) {
      for (const handle of [child, stdin, stdout, child.stderr] as (Partial<NodeJS.RefCounted> | null)[]) {
        if (keep) handle?.ref?.();
        else handle?.unref?.();
      }
    },
    lines: queue,
    addLine: (raw) => queue.push({ type: "line", raw, atMs: performance.now() }),
    ended,
    fail(error) {
      failed = true;
      queue.fail(error);
    },
    end() {
      // A process elsewhere may not even obey the last signal; nobody is to wait for it.
      ending ??= hasExited ? Promise.resolve() : cli.end(exited).then(giveUp);
      // Unread output would keep the pipe, and with it `ended`, open.
      isFull = false;
      gatherer.stop();
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
    throw new CLIJSONDecodeError(redactSecrets(line.slice(0, HELD_STDERR)), {
      cause: error,
      hints: decodeHints,
    });
  }
  if (!isRawMessage(value))
    throw new CLIJSONDecodeError(redactSecrets(line.slice(0, HELD_STDERR)), { hints: decodeHints });
  return value;
}

const decodeHints = [
  "If `claude` is a script of yours, or starts through one, let it print nothing on stdout.",
  "Otherwise update the CLI: `claude update`.",
];

function asDecodeError(error: unknown): unknown {
  if (!(error instanceof LineTooLongError)) return error;
  return new CLIJSONDecodeError(redactSecrets(error.beginning), { cause: error });
}

function processFailure(cause: Error): CLIConnectionError {
  return new CLIConnectionError(`The process of the claude CLI failed: ${cause.message}`, { cause });
}
