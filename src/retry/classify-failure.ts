import { ClaudeSDKError } from "../errors.js";

/** Why a turn failed, as far as it decides what to do next. */
export type FailureKind =
  | "aborted"
  | "auth"
  | "bad_request"
  | "connection"
  | "limit"
  | "not_installed"
  | "overloaded"
  | "rate_limit"
  | "server"
  | "session"
  | "timeout"
  | "unknown";

/** What kind of failure it was, and whether another attempt may help. */
export interface Failure {
  readonly kind: FailureKind;
  /** Whether the same turn may succeed if it is run again: true for rate limits, overload, server faults and connections. */
  readonly retryable: boolean;
  /** HTTP status of the API's answer, if that is what failed. */
  readonly status: number | undefined;
}

const retryableKinds: ReadonlySet<FailureKind> = new Set([
  "connection",
  "overloaded",
  "rate_limit",
  "server",
]);

/** HTTP statuses of the Messages API. @see https://docs.anthropic.com/en/api/errors */
const kindOfStatus: Readonly<Record<number, FailureKind>> = {
  400: "bad_request",
  401: "auth",
  403: "auth",
  404: "bad_request",
  408: "connection",
  413: "bad_request",
  422: "bad_request",
  429: "rate_limit",
  529: "overloaded",
};

/** The CLI's own words in `error` of api_retry lines and of synthetic answers; its `unknown` and `server_error` say less than the texts do. */
const kindOfWord: Readonly<Record<string, FailureKind>> = {
  authentication_failed: "auth",
  billing_error: "auth",
  invalid_request: "bad_request",
  model_not_found: "bad_request",
  overloaded: "overloaded",
  rate_limit: "rate_limit",
};

/** Results whose subtype says it. */
const kindOfSubtype: Readonly<Record<string, FailureKind>> = {
  error_max_turns: "limit",
  error_max_budget_usd: "limit",
  error_max_structured_output_retries: "limit",
};

/** The codes of this SDK's own errors; `process_failed` and `result_error` depend on what was said. */
const kindOfCode: Readonly<Record<string, FailureKind>> = {
  aborted: "aborted",
  cli_not_found: "not_installed",
  invalid_options: "bad_request",
  timeout: "timeout",
};

/** What is said on stderr, in results and in messages of errors; the first row that matches decides. */
const saidKinds: readonly (readonly [RegExp, FailureKind])[] = [
  [
    /not logged in|please run \/login|invalid (x-)?api[ -]key|authenticat|oauth token|permission_error/i,
    "auth",
  ],
  [/no conversation found|session id .* (is )?already in use/i, "session"],
  [
    /unknown option|unknown command|cannot be used with|invalid_request|prompt is too long|request too large/i,
    "bad_request",
  ],
  [/\boverloaded\b|\b529\b/i, "overloaded"],
  [/rate.?limit|too many requests|\b429\b/i, "rate_limit"],
  [
    /unable to connect|connection (error|refused|reset|closed)|connectionrefused|econn(refused|reset|aborted)|etimedout|enotfound|eai_again|epipe|socket hang up|network error|fetch failed/i,
    "connection",
  ],
  [/api error: 5\d\d|internal server error|server-side issue|bad gateway|service unavailable/i, "server"],
];

type Fields = Readonly<Record<string, unknown>>;

/**
 * The one place that says what a failure is: of a result with `is_error`, an `api_retry` line, an error of this SDK
 * (exit codes and stderr included) or of Node.
 *
 * @example
 *     if (result.is_error && classifyFailure(result).kind === "auth") console.log("Run `claude-notebook auth login`.");
 */
export function classifyFailure(failure: unknown): Failure {
  const facts = isFields(failure) ? failure : { message: String(failure) };
  const result = isFields(facts.result) && ClaudeSDKError.isInstance(failure) ? facts.result : undefined;
  if (result) return classifyFailure(result);
  const status = numberOf(facts.api_error_status ?? facts.error_status ?? facts.status);
  const kind =
    kindOfCode[textOf(facts.code)] ??
    kindOfSubtype[textOf(facts.subtype)] ??
    (status === undefined
      ? undefined
      : (kindOfStatus[status] ?? (status >= 500 ? "server" : "bad_request"))) ??
    kindOfWord[textOf(facts.error)] ??
    saidKind(saidBy(facts)) ??
    "unknown";
  return { kind, retryable: retryableKinds.has(kind), status };
}

function saidKind(said: string): FailureKind | undefined {
  return saidKinds.find(([pattern]) => pattern.test(said))?.[1];
}

/** Everything that a failure says in words. */
function saidBy(facts: Fields): string {
  const { stderr, message, result, errors, error, cause } = facts;
  const errorList = Array.isArray(errors) ? errors.map(String) : [];
  const causeText = cause instanceof Error ? cause.message : "";
  return [stderr, message, result, error, ...errorList, causeText].map(textOf).join("\n");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
