import type { ContentBlock, OtherMessage, SystemMessage } from "./types.js";

/** The fields of system messages, by `subtype`. Every object may carry more; what a CLI adds later passes as it is. */
export interface SystemFields {
  readonly init: {
    readonly cwd: string;
    readonly tools: readonly string[];
    readonly mcp_servers: readonly { readonly name: string; readonly status: string }[];
    readonly model: string;
    readonly permissionMode: string;
    readonly slash_commands?: readonly string[];
    readonly agents?: readonly string[];
    readonly skills?: readonly string[];
    readonly claude_code_version?: string;
  };
  readonly status: { readonly status: string | null; readonly permissionMode?: string };
  readonly api_retry: {
    readonly attempt: number;
    readonly max_retries: number;
    readonly retry_delay_ms: number;
    readonly error_status?: number | null;
    readonly error?: string;
  };
  readonly compact_boundary: {
    readonly compact_metadata: { readonly trigger: string; readonly pre_tokens?: number };
  };
  readonly control_request_progress: { readonly request_id: string; readonly status: string };
  readonly model_refusal_fallback: {
    readonly original_model: string;
    readonly fallback_model: string;
    readonly content: string;
  };
  readonly model_refusal_no_fallback: { readonly original_model: string; readonly content: string };
  readonly local_command_output: { readonly content: string };
  readonly hook_started: HookFields;
  readonly hook_progress: HookFields & { readonly output: string };
  readonly hook_response: HookFields & {
    readonly output: string;
    readonly exit_code?: number;
    readonly outcome?: "success" | "error" | "cancelled";
  };
  readonly plugin_install: { readonly status: string; readonly name?: string; readonly error?: string };
  readonly task_started: TaskFields & { readonly description: string; readonly task_type?: string };
  readonly task_updated: TaskFields & { readonly patch: { readonly status?: string } };
  readonly task_progress: TaskFields & { readonly description: string; readonly last_tool_name?: string };
  readonly task_notification: TaskFields & {
    readonly status: "completed" | "failed" | "stopped";
    readonly output_file: string;
    readonly summary: string;
  };
  readonly background_tasks_changed: { readonly tasks: readonly unknown[] };
  readonly thinking_tokens: { readonly estimated_tokens: number; readonly estimated_tokens_delta: number };
  readonly session_state_changed: { readonly state: "idle" | "running" | "requires_action" };
  readonly worker_shutting_down: { readonly reason: string };
  readonly commands_changed: { readonly commands: readonly { readonly name: string }[] };
  readonly notification: { readonly key: string; readonly text: string; readonly priority: string };
  readonly files_persisted: { readonly files: readonly unknown[]; readonly failed: readonly unknown[] };
  readonly memory_recall: { readonly mode: string; readonly memories: readonly unknown[] };
  readonly elicitation_complete: { readonly mcp_server_name: string; readonly elicitation_id: string };
  readonly permission_denied: {
    readonly tool_name: string;
    readonly tool_use_id: string;
    readonly message: string;
    readonly decision_reason?: string;
  };
  readonly mirror_error: { readonly error: string };
  readonly informational: { readonly content: string; readonly level: string };
  readonly session_writes_lost: { readonly error_code: string; readonly lost: readonly string[] };
  /** Of this SDK: an answer did not fit `outputSchema`, and Claude was told. */
  readonly output_retry: { readonly attempt: number; readonly problem: string };
}

interface HookFields {
  readonly hook_id: string;
  readonly hook_name: string;
  readonly hook_event: string;
}

interface TaskFields {
  readonly task_id: string;
  readonly tool_use_id?: string;
}

/** The fields of the kinds of messages beside those that have an interface of their own, by `type`. */
export interface OtherFields {
  readonly tool_progress: {
    readonly tool_use_id: string;
    readonly tool_name: string;
    readonly elapsed_time_seconds: number;
  };
  readonly auth_status: {
    readonly isAuthenticating: boolean;
    readonly output: readonly string[];
    readonly error?: string;
  };
  readonly tool_use_summary: { readonly summary: string; readonly preceding_tool_use_ids: readonly string[] };
  readonly rate_limit_event: { readonly rate_limit_info: Readonly<Record<string, unknown>> };
  readonly prompt_suggestion: { readonly suggestion: string };
  readonly conversation_reset: { readonly new_conversation_id: string };
  readonly active_goal: { readonly value: unknown };
}

/** The `subtype` of the system messages that this version knows. */
export type SystemKind = keyof SystemFields;
/** The `type` of the rarer messages that this version knows. */
export type OtherKind = keyof OtherFields;

/** A system message of one subtype, with its fields. */
export type SystemMessageOf<Kind extends SystemKind> = SystemMessage & {
  readonly subtype: Kind;
} & SystemFields[Kind];

/** A message of one of the rarer kinds, with its fields. */
export type OtherMessageOf<Kind extends OtherKind> = OtherMessage & {
  readonly type: Kind;
} & OtherFields[Kind];

/**
 * Whether a message is a system message of this subtype.
 *
 * @example
 *     if (isSystemKind(message, "api_retry")) console.log(`again in ${message.retry_delay_ms} ms`);
 */
export function isSystemKind<Kind extends SystemKind>(
  message: unknown,
  kind: Kind,
): message is SystemMessageOf<Kind> {
  const { type, subtype } = (message ?? {}) as Partial<SystemMessage>;
  return type === "system" && subtype === kind;
}

/** Whether a message is of this rarer kind, e.g. "tool_progress" or "rate_limit_event". */
export function isOtherKind<Kind extends OtherKind>(
  message: unknown,
  kind: Kind,
): message is OtherMessageOf<Kind> {
  return ((message ?? {}) as Partial<OtherMessage>).type === kind;
}

/** Whether a content block is an image. */
export function isImageBlock(
  block: unknown,
): block is Extract<ContentBlock, { type: "image"; source: unknown }> {
  const { type, source } = (block ?? {}) as { type?: unknown; source?: unknown };
  return type === "image" && typeof source === "object" && source !== null;
}
