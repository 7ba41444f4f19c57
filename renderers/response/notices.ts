import type { ResultMessage, SystemMessage } from "../../src/messages/types.js";
import { formatDuration } from "../panels/format-figures.js";
import type { NoticePart } from "./parts.js";

/** A notice before it has its place in a response. */
export type Notice = Omit<NoticePart, "id" | "type" | "state">;

/** What to do about errors that users can do something about, by what their text says. */
const HINTS: readonly (readonly [pattern: RegExp, ...hints: string[]])[] = [
  [
    /not logged in|please run \/login|invalid api key|authentication_error|failed to authenticate/i,
    "Log in once: run `claude` in a terminal and type `/login`.",
    "Or set `ANTHROPIC_API_KEY` in the environment of the kernel.",
  ],
  [
    /credit balance|usage limit|rate.?limit|\b429\b/i,
    "Wait until the limit resets, or use another account or model.",
  ],
  [
    /connection error|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|fetch failed|unable to connect/i,
    "Check the network, the proxy settings and `ANTHROPIC_BASE_URL`.",
  ],
  [/overloaded|\b529\b/i, "The service is busy: try again in a moment."],
  [
    /maximum number of turns/i,
    "Allow more with the option `maxTurns`, or go on with `resume` and the session's id.",
  ],
  [
    /no conversation found/i,
    "Sessions belong to a working folder: use the `cwd` the session was started in.",
  ],
  [/prompt is too long/i, "Shorten the prompt, or start a new session."],
];

/** What to do about an error with this text; empty when nothing is known. */
function hintsFor(text: string): string[] {
  return HINTS.filter(([pattern]) => pattern.test(text)).flatMap(([, ...hints]) => hints);
}

/** The notice of a turn that ended with an error. */
export function resultNotice(result: ResultMessage): Notice {
  const errors = Array.isArray(result.errors) ? result.errors.map(String) : [];
  const reasons = errors.length > 0 ? errors.join("\n") : String(result.result ?? "");
  const text = reasons || `The turn ended with ${result.subtype}.`;
  const isTurnLimit = result.subtype === "error_max_turns";
  return {
    level: isTurnLimit ? "warning" : "error",
    title: isTurnLimit ? "Stopped: the limit of turns is reached" : "Claude could not finish",
    text,
    hints: hintsFor(text),
  };
}

/**
 * Tools that Claude wanted to use and may not; undefined when there were none.
 *
 * @param reasons why, as the CLI said when it refused; may be empty.
 */
export function denialNotice(
  denials: readonly unknown[] | undefined,
  reasons: readonly string[] = [],
): Notice | undefined {
  const names = (Array.isArray(denials) ? denials : []).map(
    (denial) => (denial as { tool_name?: unknown } | null)?.tool_name,
  );
  const tools = [...new Set(names.filter((name): name is string => typeof name === "string"))];
  if (tools.length === 0) return undefined;
  return {
    level: "warning",
    title: "Permission denied",
    text: [`Claude was not allowed to use ${tools.join(", ")}.`, ...new Set(reasons)].join("\n"),
    hints: [
      `Approve ${tools.length > 1 ? "them" : "it"} with \`allowedTools: ${JSON.stringify(tools)}\`, or choose another \`permissionMode\`.`,
    ],
  };
}

/** Ends of a turn that are no errors of the CLI, but not what the reader expects either. */
const STOP_REASONS: Readonly<Record<string, Notice>> = {
  refusal: {
    level: "warning",
    title: "Claude declined to answer",
    text: "The API stopped the answer for reasons of safety.",
    hints: ["Ask in other words, say what it is for, or choose another `model`."],
  },
  max_tokens: {
    level: "warning",
    title: "The answer was cut off",
    text: "It reached the limit of output tokens.",
    hints: ["Ask Claude to go on, or raise `CLAUDE_CODE_MAX_OUTPUT_TOKENS` in `env`."],
  },
  model_context_window_exceeded: {
    level: "warning",
    title: "The context is full",
    text: "The conversation no longer fits the model.",
    hints: ["Compact it with `/compact`, or start a new session."],
  },
};

/** What there is to say about why the model stopped; undefined for its usual reasons. */
export function stopNotice(result: ResultMessage): Notice | undefined {
  const reason = typeof result.stop_reason === "string" ? result.stop_reason : "";
  return Object.hasOwn(STOP_REASONS, reason) ? STOP_REASONS[reason] : undefined;
}

/** MCP servers that a turn begins without; undefined when all are there. */
export function serverNotice(servers: readonly { name: string; status: string }[]): Notice | undefined {
  const absent = servers.filter(({ status }) => ["failed", "needs-auth"].includes(status));
  if (absent.length === 0) return undefined;
  return {
    level: "warning",
    title: absent.length === 1 ? "An MCP server is missing" : "MCP servers are missing",
    text: absent.map(({ name, status }) => `${name}: ${status}`).join("\n"),
    hints: ["See `claude mcp list`; `claude --debug` says why a server does not start."],
  };
}

/**
 * The CLI tries again after an API error. A notebook has no clock: beside how long it waits stands the time at which it goes
 * on, which stays true.
 *
 * @param nowMs the time since 1970 when the message came live
 */
export function retryNotice(message: SystemMessage, nowMs?: number): Notice {
  const { attempt, max_retries, retry_delay_ms } = message;
  const ofMost = typeof max_retries === "number" ? ` of ${max_retries}` : "";
  const delayMs = typeof retry_delay_ms === "number" && retry_delay_ms >= 0 ? retry_delay_ms : undefined;
  const at = nowMs === undefined || delayMs === undefined ? "" : `, at ${formatTime(nowMs + delayMs)}`;
  const waits = delayMs === undefined ? "" : `Next try in ${formatDelay(delayMs)}${at}.`;
  return {
    level: "warning",
    title: `The API did not answer: attempt ${typeof attempt === "number" ? attempt : 1}${ofMost}`,
    text: [retryReason(message), waits].filter(Boolean).join("\n"),
  };
}

/** What came of the tries: nothing is awaited any more. */
export function answeredNotice(message: SystemMessage): Notice {
  return { level: "info", title: `The API answered after ${triesOf(message)}`, text: retryReason(message) };
}

export function givenUpNotice(message: SystemMessage): Notice {
  return {
    level: "warning",
    title: `The API did not answer after ${triesOf(message)}`,
    text: retryReason(message),
  };
}

function triesOf({ attempt }: SystemMessage): string {
  return typeof attempt === "number" && attempt > 1 ? `${attempt} retries` : "a retry";
}

function retryReason({ error, error_status }: SystemMessage): string {
  const status = typeof error_status === "number" ? `HTTP ${error_status}` : "";
  return [
    typeof error === "string" ? (/^[a-z_]+$/.test(error) ? error.replaceAll("_", " ") : error) : "",
    status,
  ]
    .filter(Boolean)
    .join(", ");
}

/** "0.5 s", "8 s", "2 min 5 s". */
function formatDelay(ms: number): string {
  return formatDuration(ms).replace(/\.0 s$/, " s");
}

/** "14:03:22 UTC": the reader may be in another time zone than the kernel. */
function formatTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "an unknown time" : `${date.toISOString().slice(11, 19)} UTC`;
}

/** Any thrown value as a notice: what failed, why, and what to do. */
export function errorNotice(error: unknown): Notice {
  if (!(error instanceof Error) && !isErrorLike(error)) {
    return { level: "error", title: "Error", text: String(error), hints: [] };
  }
  const causes = causeMessages(error, 3);
  const hints = (error as { hints?: unknown }).hints;
  const own = Array.isArray(hints) ? hints.filter((hint): hint is string => typeof hint === "string") : [];
  return {
    level: "error",
    title: error.name || "Error",
    text: [error.message, ...causes.map((cause) => `Caused by ${cause}`)].join("\n"),
    hints: own.length > 0 ? own : hintsFor(error.message),
  };
}

/** Errors of another realm (a notebook cell's own context) are no instances of our `Error`. */
function isErrorLike(error: unknown): error is Error {
  return (
    typeof error === "object" && error !== null && "message" in error && typeof error.message === "string"
  );
}

function causeMessages(error: Error, depth: number): string[] {
  const { cause } = error;
  if (depth === 0 || !isErrorLike(cause) || error.message.includes(cause.message)) return [];
  return [`${cause.name}: ${cause.message}`, ...causeMessages(cause, depth - 1)];
}
