import type { Message } from "../../src/messages/types.js";
import { formatTokens } from "../panels/format-figures.js";
import { arrayField, fieldOf, numberField, showJson, stringField } from "../panels/read-value.js";
import type { Notice } from "./notices.js";

/** The kind of a message: its subtype where it is the system's, else its type. */
export function kindOf(message: Message): string {
  const { type, subtype } = message as { type: string; subtype?: unknown };
  return type === "system" && typeof subtype === "string" && !TYPES.includes(subtype) ? subtype : type;
}

/** Types of messages; no subtype may pass for one of them. */
const TYPES: readonly string[] = ["assistant", "user", "result", "stream_event"];

/** What a message has to tell the reader; undefined for nothing. */
type Tell = (message: Message) => Notice | undefined;

/** Messages that need no more than a notice: kind → what it says. All fields are read as if they could be missing. */
export const NEWS: Readonly<Record<string, Tell>> = {
  compact_boundary(message) {
    const facts = fieldOf(message, "compact_metadata");
    const before = numberField(facts, "pre_tokens");
    const after = numberField(facts, "post_tokens");
    const sizes = before === undefined ? "" : `${formatTokens(before)} tokens`;
    const change = after === undefined ? sizes : `${sizes} → ${formatTokens(after)} tokens`;
    const why = stringField(facts, "trigger") === "manual" ? "on request" : "since the context was full";
    return info("The conversation was compacted", [change, why].filter(Boolean).join(", "));
  },
  model_refusal_fallback(message) {
    const to = stringField(message, "fallback_model");
    const from = stringField(message, "original_model") ?? "The model";
    return warning(
      `${from} refused${to ? `; ${to} goes on` : ""}`,
      stringField(message, "content") ?? stringField(message, "api_refusal_explanation") ?? "",
    );
  },
  model_refusal_no_fallback(message) {
    return warning("The model refused", stringField(message, "content") ?? "", [REPHRASE]);
  },
  plugin_install(message) {
    if (stringField(message, "status") !== "failed") return undefined;
    const name = stringField(message, "name") ?? "A plugin";
    return warning(`${name} could not be installed`, stringField(message, "error") ?? "");
  },
  auth_status(message) {
    const error = stringField(message, "error");
    const output = arrayField(message, "output")?.map(String).join("\n") ?? "";
    if (error === undefined && output === "") return undefined;
    const shown = output === "" ? {} : { output };
    if (error === undefined) return { ...info("Signing in", ""), ...shown };
    return {
      level: "error",
      title: "Signing in failed",
      text: error,
      hints: ["Run `claude auth login` in a terminal."],
      ...shown,
    };
  },
  worker_shutting_down: (message) =>
    warning("The session's worker is shutting down", stringField(message, "reason") ?? ""),
  notification(message) {
    const isUrgent = ["high", "immediate"].includes(stringField(message, "priority") ?? "");
    return isUrgent ? info(stringField(message, "text") ?? "Notification", "") : undefined;
  },
  files_persisted(message) {
    const failed = arrayField(message, "failed") ?? [];
    if (failed.length === 0) return undefined;
    const lines = failed.map((file) => `${stringField(file, "filename")}: ${stringField(file, "error")}`);
    return warning("Some files were not kept", lines.join("\n"));
  },
  memory_recall(message) {
    const memories = arrayField(message, "memories") ?? [];
    if (memories.length === 0) return undefined;
    const lines = memories.map((memory) => stringField(memory, "path") ?? stringField(memory, "content"));
    return info("Remembered", lines.filter(Boolean).join("\n"));
  },
  rate_limit_event: tellRateLimit,
  mirror_error: (message) => warning("The transcript's copy has a gap", stringField(message, "error") ?? ""),
  informational(message) {
    const text = stringField(message, "content") ?? "";
    const stops = fieldOf(message, "prevent_continuation") === true;
    const isWarning = stops || stringField(message, "level") === "warning";
    const title = stops ? "Claude Code stopped here" : "From Claude Code";
    return isWarning ? warning(title, text) : info(title, text);
  },
  recording_outdated: (message) =>
    warning(
      "The notebook has changed since this was recorded",
      arrayField(message, "reasons")?.map(String).join("\n") ?? "",
      [
        "`%claude record --all` records everything anew; or delete this recording, which the last line names.",
      ],
    ),
  conversation_reset: () => info("A new conversation begins", ""),
  session_writes_lost(message) {
    const lost = arrayField(message, "lost")?.map(String).join(", ") ?? "the transcript";
    return warning(
      "The disk is full: the session is not saved",
      `Not written: ${lost} (${stringField(message, "error_code") ?? "no space"}).`,
      ["Free some space; until then `resume` will not find this session."],
    );
  },
};

/** Kinds that are not drawn, and why. */
export const SILENT_KINDS: Readonly<Record<string, string>> = {
  control_request_progress: "the SDK's own requests",
  background_tasks_changed: "task_started, task_progress and task_notification tell the same one by one",
  session_state_changed: "the panels show who is at work",
  commands_changed: "for programs that offer slash commands",
  tool_use_summary: "repeats in short what the panels show",
  elicitation_complete: "the tool's own result follows",
  prompt_suggestion: "a prompt is the user's to write",
};

/** A message of a kind that came after us, shown as the data it is. */
export function unknownNotice(kind: string, message: Message): Notice & { readonly output: string } {
  const title = `Message of an unknown kind: \`${kind}\``;
  const { uuid: _uuid, session_id: _session, ...facts } = message as unknown as Record<string, unknown>;
  return { level: "info", title, text: "", output: showJson(facts) };
}

const REPHRASE = "Ask in other words, say what it is for, or choose another `model`.";

const LIMITS: Readonly<Record<string, string>> = {
  five_hour: "five-hour limit",
  seven_day: "weekly limit",
  seven_day_opus: "weekly limit for Opus",
  seven_day_sonnet: "weekly limit for Sonnet",
  overage: "limit of extra usage",
};

function tellRateLimit(message: Message): Notice | undefined {
  const facts = fieldOf(message, "rate_limit_info");
  const status = stringField(facts, "status");
  if (status !== "allowed_warning" && status !== "rejected") return undefined;
  const limit = LIMITS[stringField(facts, "rateLimitType") ?? ""] ?? "usage limit";
  const used = numberField(facts, "utilization");
  const resetsAt = numberField(facts, "resetsAt");
  const text = resetsAt === undefined ? "" : `It resets at ${formatMoment(resetsAt)}.`;
  if (status === "rejected") {
    const hints = ["Wait until the limit resets, or use another account or model."];
    return { level: "error", title: `The ${limit} is reached`, text, hints };
  }
  const share = used === undefined ? "almost all" : `${Math.round(used * 100)} %`;
  return warning(`${share} of the ${limit} is used`, text);
}

/** Seconds since 1970 as "2026-03-01 14:00 UTC": a notebook is read in other time zones too. */
function formatMoment(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "an unknown time";
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function info(title: string, text: string): Notice {
  return { level: "info", title, text };
}

function warning(title: string, text: string, hints: readonly string[] = []): Notice {
  return { level: "warning", title, text, ...(hints.length > 0 ? { hints } : {}) };
}
