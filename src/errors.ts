import type { ResultMessage } from "./messages/types.js";

/** What went wrong, for programs; each code belongs to one class. */
export type ClaudeSDKErrorCode =
  | "aborted"
  | "agent_failed"
  | "budget_exceeded"
  | "chain_failed"
  | "chain_invalid"
  | "cli_connection"
  | "cli_not_found"
  | "command_failed"
  | "control_failed"
  | "conversation_busy"
  | "conversation_damaged"
  | "conversation_not_found"
  | "conversation_write_failed"
  | "invalid_json"
  | "invalid_output"
  | "invalid_options"
  | "not_logged_in"
  | "process_failed"
  | "recording_failed"
  | "recording_not_found"
  | "result_error"
  | "server_failed"
  | "session_not_found"
  | "session_store_failed"
  | "settings_failed"
  | "template_invalid"
  | "template_not_found"
  | "template_variables"
  | "timeout"
  | "tool_failed";

/** What an error carries beside its code and message. */
export interface ClaudeSDKErrorOptions {
  /** What made this happen. */
  readonly cause?: unknown;
  /** What the reader can do about it, one sentence each; commands in backticks. */
  readonly hints?: readonly string[];
}

/** In the global symbol registry, so that an error of a second copy of this package is recognised too. */
const MARKER = Symbol.for("claude-notebook.sdk-error");

/** Base of every error that this SDK throws on purpose. */
export class ClaudeSDKError extends Error {
  override readonly name: string = "ClaudeSDKError";
  readonly code: ClaudeSDKErrorCode;
  /** What the reader can do about it, one sentence each; commands in backticks. */
  readonly hints: readonly string[];

  constructor(code: ClaudeSDKErrorCode, message: string, options: ClaudeSDKErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hints = options.hints ?? [];
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** Like `instanceof`, but also true for errors of another copy of this package. */
  static isInstance(error: unknown): error is ClaudeSDKError {
    return typeof error === "object" && error !== null && MARKER in error;
  }
}

/** Whether an error is one of ours with this code: what each class's `isInstance` asks. */
export function hasCode(error: unknown, code: ClaudeSDKErrorCode): boolean {
  return ClaudeSDKError.isInstance(error) && error.code === code;
}

/** There is no `claude` executable, and nothing recorded to replay instead. */
export class CLINotFoundError extends ClaudeSDKError {
  override readonly name = "CLINotFoundError";
  declare readonly code: "cli_not_found";
  /** Every place that was looked at, in order. */
  readonly triedPaths: readonly string[];

  constructor(message: string, options: ClaudeSDKErrorOptions & { readonly triedPaths: readonly string[] }) {
    super("cli_not_found", message, options);
    this.triedPaths = options.triedPaths;
  }

  static override isInstance(error: unknown): error is CLINotFoundError {
    return hasCode(error, "cli_not_found");
  }
}

/** The CLI could not be started, or it ended without finishing the turn and without saying why. */
export class CLIConnectionError extends ClaudeSDKError {
  override readonly name = "CLIConnectionError";
  declare readonly code: "cli_connection";

  constructor(message: string, options?: ClaudeSDKErrorOptions) {
    super("cli_connection", message, options);
  }

  static override isInstance(error: unknown): error is CLIConnectionError {
    return hasCode(error, "cli_connection");
  }
}

/** How a process ended. */
export interface ProcessEnd {
  readonly exitCode?: number | undefined;
  /** The signal that ended it, e.g. "SIGKILL". */
  readonly signal?: string | undefined;
  /** The end of what it wrote to stderr, at most 16 KiB, with credentials replaced. */
  readonly stderr: string;
}

/** The CLI ended before the turn did. */
export class ProcessError extends ClaudeSDKError {
  override readonly name = "ProcessError";
  declare readonly code: "process_failed";
  readonly exitCode: number | undefined;
  /** The signal that ended it, e.g. "SIGKILL". */
  readonly signal: string | undefined;
  /** The end of what it wrote to stderr, at most 16 KiB, with credentials replaced. */
  readonly stderr: string;

  constructor(end: ProcessEnd, options?: ClaudeSDKErrorOptions) {
    const how = end.signal ? `was ended by ${end.signal}` : `ended with exit code ${end.exitCode}`;
    const why = end.stderr.trim();
    super(
      "process_failed",
      `The claude CLI ${how} before the turn was finished${why ? `:\n${why}` : "."}`,
      options,
    );
    this.exitCode = end.exitCode;
    this.signal = end.signal;
    this.stderr = end.stderr;
  }

  static override isInstance(error: unknown): error is ProcessError {
    return hasCode(error, "process_failed");
  }
}

/** How much of a bad line an error shows, in characters: enough to recognise it, little enough to read. */
const SHOWN_LINE_LENGTH = 200;

/** The CLI wrote a line that is not a JSON message. */
export class CLIJSONDecodeError extends ClaudeSDKError {
  override readonly name = "CLIJSONDecodeError";
  declare readonly code: "invalid_json";
  /** The line's beginning, at most 200 characters. */
  readonly line: string;

  constructor(line: string, options?: ClaudeSDKErrorOptions) {
    const shown = line.length > SHOWN_LINE_LENGTH ? `${line.slice(0, SHOWN_LINE_LENGTH)}…` : line;
    super("invalid_json", `The claude CLI wrote a line that is not a JSON message: ${shown}`, options);
    this.line = shown;
  }

  static override isInstance(error: unknown): error is CLIJSONDecodeError {
    return hasCode(error, "invalid_json");
  }
}

/** The turn took longer than the `timeoutMs` option allows; its processes have been ended. */
export class TimeoutError extends ClaudeSDKError {
  override readonly name = "TimeoutError";
  declare readonly code: "timeout";
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super("timeout", `The turn was ended after ${timeoutMs} ms.`, {
      hints: ["Give it longer with the option `timeoutMs` (milliseconds)."],
    });
    this.timeoutMs = timeoutMs;
  }

  static override isInstance(error: unknown): error is TimeoutError {
    return hasCode(error, "timeout");
  }
}

/** The turn was aborted: by its `abortSignal`, or by the host because the user interrupted the cell. */
export class AbortError extends ClaudeSDKError {
  override readonly name = "AbortError";
  declare readonly code: "aborted";

  /** @param reason what the abort was given; becomes the `cause`. */
  constructor(reason?: unknown) {
    super("aborted", "The turn was aborted.", { cause: reason });
  }

  static override isInstance(error: unknown): error is AbortError {
    return hasCode(error, "aborted");
  }
}

/** The turn ended with an error result; thrown by the helpers that return a turn's value, never by `query()` itself. */
export class ResultError extends ClaudeSDKError {
  override readonly name = "ResultError";
  declare readonly code: "result_error";
  readonly result: ResultMessage;

  constructor(result: ResultMessage, options?: ClaudeSDKErrorOptions) {
    const said = result.errors?.length ? result.errors.join("\n") : result.result;
    super(
      "result_error",
      `The turn ended with an error (${result.subtype})${said ? `: ${said}` : "."}`,
      options,
    );
    this.result = result;
  }

  static override isInstance(error: unknown): error is ResultError {
    return hasCode(error, "result_error");
  }
}

/** The CLI refused a request about the running session (another model, its commands, …), or can no longer answer. */
export class ControlRequestError extends ClaudeSDKError {
  override readonly name = "ControlRequestError";
  declare readonly code: "control_failed";
  /** The kind of request, e.g. "set_model". */
  readonly request: string;

  constructor(request: string, why: string, options?: ClaudeSDKErrorOptions) {
    super("control_failed", `The request \`${request}\` failed: ${why}`, options);
    this.request = request;
  }

  static override isInstance(error: unknown): error is ControlRequestError {
    return hasCode(error, "control_failed");
  }
}

/** The answer does not fit `outputSchema`, although Claude was told what is wrong with it. */
export class StructuredOutputError extends ClaudeSDKError {
  override readonly name = "StructuredOutputError";
  declare readonly code: "invalid_output";
  /** The last answer; undefined when there was none. */
  readonly output: unknown;
  readonly result: ResultMessage;

  /** @param problem what is wrong with the answer, for people. */
  constructor(problem: string, output: unknown, result: ResultMessage, options?: ClaudeSDKErrorOptions) {
    super("invalid_output", `The answer does not fit \`outputSchema\`: ${problem}`, options);
    this.output = output;
    this.result = result;
  }

  static override isInstance(error: unknown): error is StructuredOutputError {
    return hasCode(error, "invalid_output");
  }
}

/** Replay was asked for, and this turn was never recorded. */
export class RecordingNotFoundError extends ClaudeSDKError {
  override readonly name = "RecordingNotFoundError";
  declare readonly code: "recording_not_found";
  /** Where the recording would be. */
  readonly path: string;

  constructor(path: string, message: string, options?: ClaudeSDKErrorOptions) {
    super("recording_not_found", message, options);
    this.path = path;
  }

  static override isInstance(error: unknown): error is RecordingNotFoundError {
    return hasCode(error, "recording_not_found");
  }
}

/** A recording cannot be read (damaged, of a newer version) or written. */
export class RecordingError extends ClaudeSDKError {
  override readonly name = "RecordingError";
  declare readonly code: "recording_failed";
  readonly path: string;

  constructor(path: string, message: string, options?: ClaudeSDKErrorOptions) {
    super("recording_failed", message, options);
    this.path = path;
  }

  static override isInstance(error: unknown): error is RecordingError {
    return hasCode(error, "recording_failed");
  }
}

/** An option does not exist, or has a value it cannot have. Thrown before anything is started. */
export class InvalidOptionsError extends ClaudeSDKError {
  override readonly name = "InvalidOptionsError";
  declare readonly code: "invalid_options";
  /** The option as the caller spelt it. */
  readonly option: string;
  readonly value: unknown;

  constructor(option: string, value: unknown, message: string, options?: ClaudeSDKErrorOptions) {
    super("invalid_options", message, options);
    this.option = option;
    this.value = value;
  }

  static override isInstance(error: unknown): error is InvalidOptionsError {
    return hasCode(error, "invalid_options");
  }
}

/** A sub-command of the CLI (`claude mcp …`, `claude update`) failed, or said what cannot be understood. */
export class CommandError extends ClaudeSDKError {
  override readonly name = "CommandError";
  declare readonly code: "command_failed";
  /** The command without the program, e.g. `mcp remove docs`; values of variables and headers are left out. */
  readonly command: string;
  readonly exitCode: number | undefined;
  /** What it wrote, at most 16 KiB, with credentials replaced. */
  readonly output: string;

  constructor(
    command: string,
    message: string,
    options: ClaudeSDKErrorOptions & {
      readonly exitCode?: number | undefined;
      readonly output?: string;
    } = {},
  ) {
    super("command_failed", message, options);
    this.command = command;
    this.exitCode = options.exitCode;
    this.output = options.output ?? "";
  }

  static override isInstance(error: unknown): error is CommandError {
    return hasCode(error, "command_failed");
  }
}

/** A login was asked for (`queryWithOAuth`, `auth: "oauth"`), and there is none. */
export class NotLoggedInError extends ClaudeSDKError {
  override readonly name = "NotLoggedInError";
  declare readonly code: "not_logged_in";

  constructor(message: string, options?: ClaudeSDKErrorOptions) {
    super("not_logged_in", message, options);
  }

  static override isInstance(error: unknown): error is NotLoggedInError {
    return hasCode(error, "not_logged_in");
  }
}

/** There is no transcript of a session where the CLI keeps them. */
export class SessionNotFoundError extends ClaudeSDKError {
  override readonly name = "SessionNotFoundError";
  declare readonly code: "session_not_found";
  readonly sessionId: string;

  constructor(sessionId: string, message: string, options?: ClaudeSDKErrorOptions) {
    super("session_not_found", message, options);
    this.sessionId = sessionId;
  }

  static override isInstance(error: unknown): error is SessionNotFoundError {
    return hasCode(error, "session_not_found");
  }
}

/** A settings file of the CLI cannot be read, understood or written; nothing was changed. */
export class SettingsError extends ClaudeSDKError {
  override readonly name = "SettingsError";
  declare readonly code: "settings_failed";
  readonly path: string;

  constructor(path: string, message: string, options?: ClaudeSDKErrorOptions) {
    super("settings_failed", message, options);
    this.path = path;
  }

  static override isInstance(error: unknown): error is SettingsError {
    return hasCode(error, "settings_failed");
  }
}

/** A session store did not give what was asked of it. */
export class SessionStoreError extends ClaudeSDKError {
  override readonly name = "SessionStoreError";
  declare readonly code: "session_store_failed";

  constructor(message: string, options?: ClaudeSDKErrorOptions) {
    super("session_store_failed", message, options);
  }

  static override isInstance(error: unknown): error is SessionStoreError {
    return hasCode(error, "session_store_failed");
  }
}

/** Whether an error means that somebody stopped the turn, rather than that it failed. */
export function isAborted(error: unknown): boolean {
  return AbortError.isInstance(error);
}
