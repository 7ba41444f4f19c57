/** Every event of the CLI that can call a hook. */
export const hookEvents = [
  "PreToolUse",
  "PostToolUse",
  "PostToolUseFailure",
  "PostToolBatch",
  "Notification",
  "UserPromptSubmit",
  "UserPromptExpansion",
  "SessionStart",
  "SessionEnd",
  "Stop",
  "StopFailure",
  "SubagentStart",
  "SubagentStop",
  "PreCompact",
  "PostCompact",
  "PreModelSwitch",
  "PostModelSwitch",
  "PermissionRequest",
  "PermissionDenied",
  "Setup",
  "TeammateIdle",
  "TaskCreated",
  "TaskCompleted",
  "Elicitation",
  "ElicitationResult",
  "ConfigChange",
  "WorktreeCreate",
  "WorktreeRemove",
  "InstructionsLoaded",
  "CwdChanged",
  "FileChanged",
  "DirectoryAdded",
  "MessageDisplay",
] as const;

/** The events that hooks can be told of. */
export type HookEvent = (typeof hookEvents)[number];

/** What every hook is told. Every input may carry more fields than are named here. */
export interface BaseHookInput {
  readonly session_id: string;
  readonly transcript_path: string;
  readonly cwd: string;
  readonly permission_mode?: string | undefined;
  /** The subagent in which it happened. */
  readonly agent_id?: string | undefined;
  readonly [field: string]: unknown;
}

interface ToolHookInput extends BaseHookInput {
  readonly tool_name: string;
  readonly tool_input: Readonly<Record<string, unknown>>;
  readonly tool_use_id: string;
}

/** The fields of the common events; the others have those of {@link BaseHookInput} and whatever the CLI adds. */
interface KnownInputs {
  readonly PreToolUse: ToolHookInput;
  readonly PostToolUse: ToolHookInput & { readonly tool_response: unknown };
  readonly PostToolUseFailure: ToolHookInput & { readonly error: string };
  readonly PermissionRequest: Omit<ToolHookInput, "tool_use_id">;
  readonly PermissionDenied: ToolHookInput & { readonly reason: string };
  readonly UserPromptSubmit: BaseHookInput & { readonly prompt: string };
  readonly SessionStart: BaseHookInput & { readonly source: string };
  readonly SessionEnd: BaseHookInput & { readonly reason: string };
  readonly Stop: BaseHookInput & { readonly stop_hook_active: boolean };
  readonly SubagentStart: BaseHookInput & { readonly agent_id: string; readonly agent_type: string };
  readonly SubagentStop: BaseHookInput & { readonly stop_hook_active: boolean; readonly agent_id: string };
  readonly Notification: BaseHookInput & { readonly message: string; readonly title?: string | undefined };
  readonly PreCompact: BaseHookInput & { readonly trigger: "manual" | "auto" };
}

/** What a hook of an event is told. */
export type HookInput<Event extends HookEvent = HookEvent> = {
  readonly [E in Event]: { readonly hook_event_name: E } & (E extends keyof KnownInputs
    ? KnownInputs[E]
    : BaseHookInput);
}[Event];

/** What a hook decides; `{}` or undefined for nothing. */
export interface HookOutput {
  /** False stops Claude; `stopReason` says why. */
  readonly continue?: boolean | undefined;
  readonly stopReason?: string | undefined;
  readonly suppressOutput?: boolean | undefined;
  /** "block" refuses the tool, the prompt or the stop; `reason` is told to Claude. */
  readonly decision?: "approve" | "block" | undefined;
  readonly reason?: string | undefined;
  /** Shown to the user. */
  readonly systemMessage?: string | undefined;
  /** E.g. `{ hookEventName: "PreToolUse", permissionDecision: "deny", permissionDecisionReason: "…" }`, `additionalContext`, `updatedInput`. */
  readonly hookSpecificOutput?:
    | { readonly hookEventName: HookEvent; readonly [field: string]: unknown }
    | undefined;
  /** Lets the CLI go on while the hook works: `{ async: true, asyncTimeout }`. */
  readonly async?: boolean | undefined;
  readonly asyncTimeout?: number | undefined;
}

/** Called by the CLI. One for PreToolUse or PermissionRequest that throws blocks the tool: a broken guard must not let pass. */
export type HookCallback<Event extends HookEvent = HookEvent> = (
  input: HookInput<Event>,
  toolUseID: string | undefined,
  context: { readonly signal: AbortSignal },
  // biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks on returns nothing
) => Promise<HookOutput | undefined | void> | HookOutput | undefined | void;

/** Hooks of one event, and the tools they are about. */
export interface HookMatcher<Event extends HookEvent = HookEvent> {
  /** The tools it is about, as a pattern (`"Bash"`, `"Edit|Write"`, `"mcp__.*"`); all without it. */
  readonly matcher?: string | undefined;
  readonly hooks: readonly HookCallback<Event>[];
  /** In seconds. */
  readonly timeout?: number | undefined;
}

/** The option `hooks`: for each event, whom to tell. */
export type Hooks = { readonly [Event in HookEvent]?: readonly HookMatcher<Event>[] | undefined };
