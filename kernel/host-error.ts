/** What went wrong in installing, serving, running or exporting. */
export type HostErrorCode =
  | "output-exists"
  | "notebook-not-found"
  | "notebook-unreadable"
  | "notebook-not-json"
  | "notebook-invalid"
  | "notebook-version"
  | "notebook-language"
  | "output-unwritable"
  | "export-input"
  | "export-output"
  | "export-failed"
  | "browser-not-found"
  | "page-not-printed"
  | "parameter-invalid"
  | "parameter-unknown"
  | "parameters-unreadable"
  | "cell-not-found"
  | "cell-left-out"
  | "install-target"
  | "kernel-not-started"
  | "kernel-not-installed"
  | "server-address"
  | "server-unreachable"
  | "server-refused"
  | "server-not-jupyter"
  | "server-full";

const MARK = Symbol.for("claude-notebook.host-error");

/** An error that its reader can act on: the message says what failed and with which value, the hints what to do. */
export class HostError extends Error {
  override readonly name = "HostError";
  readonly code: HostErrorCode;
  /** What to do about it; commands stand in backticks. */
  readonly hints: readonly string[];

  constructor(
    code: HostErrorCode,
    message: string,
    options: { readonly hints?: readonly string[]; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hints = options.hints ?? [];
    Object.defineProperty(this, MARK, { value: true });
  }

  /** True for a HostError of any copy of this package. */
  static isInstance(value: unknown): value is HostError {
    return typeof value === "object" && value !== null && MARK in value;
  }
}
