import { ClaudeSDKError, type ClaudeSDKErrorOptions, hasCode } from "../errors.js";

/** What went wrong at the server, for programs; `code` of an `error` message. */
export type ServerErrorReason =
  | "bad_json"
  | "bad_message"
  | "duplicate_id"
  | "forbidden"
  | "internal_error"
  | "not_found"
  | "option_refused"
  | "port_taken"
  | "queue_full"
  | "rate_limited"
  | "resume_failed"
  | "session_busy"
  | "shutting_down"
  | "slow_reader"
  | "start_failed"
  | "token_needed"
  | "too_large"
  | "too_many_connections"
  | "unauthorized"
  | "unknown_query"
  | "unknown_request"
  | "unknown_session"
  | "unknown_type";

export interface ServerErrorOptions extends ClaudeSDKErrorOptions {
  /** What else is known: the option that was refused, the id that is unknown. Goes to the client with the error. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The server refuses something, or cannot do it; told to the one client that is concerned. */
export class ServerError extends ClaudeSDKError {
  override readonly name = "ServerError";
  declare readonly code: "server_failed";
  readonly reason: ServerErrorReason;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(reason: ServerErrorReason, message: string, options: ServerErrorOptions = {}) {
    super("server_failed", message, options);
    this.reason = reason;
    this.facts = options.facts ?? {};
  }

  static override isInstance(error: unknown): error is ServerError {
    return hasCode(error, "server_failed");
  }
}

/** The HTTP status that says the same; 400 for the rest. */
const statuses: Partial<Record<ServerErrorReason, number>> = {
  forbidden: 403,
  internal_error: 500,
  not_found: 404,
  option_refused: 403,
  queue_full: 503,
  rate_limited: 429,
  session_busy: 409,
  shutting_down: 503,
  too_large: 413,
  too_many_connections: 503,
  unauthorized: 401,
  unknown_session: 404,
};

export function statusOf(reason: ServerErrorReason): number {
  return statuses[reason] ?? 400;
}

/** What a client is told of a failure: `data` of an `error` message, and the body of an HTTP error. */
export interface ErrorData {
  /** A {@link ServerErrorReason}, or the `code` of an error of the SDK. */
  readonly code: string;
  /** For people. */
  readonly error: string;
  readonly hints?: readonly string[];
  readonly [fact: string]: unknown;
}

/** Of an error that is none of ours a client learns only that there was one. */
export function errorData(error: unknown): ErrorData {
  if (!ClaudeSDKError.isInstance(error)) {
    return { code: "internal_error", error: "The server failed; its log says why." };
  }
  const code = ServerError.isInstance(error) ? error.reason : error.code;
  const facts = ServerError.isInstance(error) ? error.facts : {};
  return { ...facts, code, error: error.message, ...(error.hints.length > 0 && { hints: error.hints }) };
}
