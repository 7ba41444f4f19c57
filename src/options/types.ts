import type { z } from "zod";
import type { Provider } from "../auth/provider.js";
import type { OnElicitation } from "../control/elicitation.js";
import type { Hooks } from "../control/hook-types.js";
import type { CanUseTool } from "../control/permissions.js";
import type { OnUserDialog } from "../control/user-dialog.js";
import type { Logger } from "../logging/logger.js";
import type { SpawnClaudeCodeProcess } from "../process/spawned-process.js";
import type { RecordingMode } from "../recording/recording-mode.js";
import type { RetryOptions } from "../retry/retry-options.js";
import type { SessionStore, SessionStoreFlush } from "../session-store/session-store.js";
import type { SdkMcpServer, SdkMcpServerInstance } from "../tools/create-sdk-mcp-server.js";
import type { SynonymTable } from "./option-synonyms.js";

/**
 * How the CLI treats a tool that no rule allows or denies; `ask` is a synonym of `default`. `acceptAll` allows what no deny
 * rule, `disallowedTools` or hook refuses, for root too.
 */
export type PermissionMode =
  | "acceptEdits"
  | "auto"
  | "bypassPermissions"
  | "default"
  | "dontAsk"
  | "plan"
  | "ask"
  | "acceptAll";

/** How hard the model thinks. */
export type Effort = "low" | "medium" | "high" | "xhigh" | "max";
/** Whose settings file: the user's, the project's, or the project's on this machine alone. */
export type SettingSource = "user" | "project" | "local";

/** An MCP server that the CLI starts or connects to, or one of this process: see createSdkMcpServer. */
export type McpServerConfig =
  | {
      readonly type?: "stdio" | undefined;
      readonly command: string;
      readonly args?: readonly string[] | undefined;
      readonly env?: Readonly<Record<string, string>> | undefined;
    }
  | {
      readonly type: "http" | "sse";
      readonly url: string;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  | SdkMcpServer
  | SdkMcpServerInstance;

/** How Claude thinks before it answers. */
export type ThinkingConfig =
  | { readonly type: "adaptive"; readonly display?: "summarized" | "omitted" | undefined }
  | {
      readonly type: "enabled";
      readonly budgetTokens?: number | undefined;
      readonly display?: "summarized" | "omitted" | undefined;
    }
  | { readonly type: "disabled" };

/** The CLI's own system prompt, and what goes after it. */
export interface SystemPromptPreset {
  readonly type: "preset";
  readonly preset: "claude_code";
  readonly append?: string | undefined;
  /** Leaves out what differs from machine to machine (folder, date, …), so that the prompt can be cached. */
  readonly excludeDynamicSections?: boolean | undefined;
}

/** What comes back: every message (`stream-json`), or the result alone; or an answer of the form of a JSON Schema. */
export type OutputFormat =
  | "text"
  | "json"
  | "stream-json"
  | { readonly type: "json_schema"; readonly schema: Readonly<Record<string, unknown>> };

/** How built-in tools behave. */
export interface ToolConfig {
  readonly askUserQuestion?:
    | {
        /** In what Claude writes the `preview` of a choice; without it there are no previews. */
        readonly previewFormat?: "markdown" | "html" | undefined;
      }
    | undefined;
}

/** A subagent that Claude may call. */
export interface AgentDefinition {
  readonly description: string;
  readonly prompt: string;
  readonly tools?: readonly string[] | undefined;
  readonly model?: string | undefined;
  readonly [field: string]: unknown;
}

/** The options of a query, by their own names. What is left out is the CLI's default, unless said otherwise. */
export interface ClaudeOptions {
  /** Alias ("opus", "sonnet") or full name. */
  readonly model?: string | undefined;
  /** Model to use while `model` is overloaded. */
  readonly fallbackModel?: string | undefined;
  /** Replaces the CLI's system prompt; a list is its parts, which SYSTEM_PROMPT_DYNAMIC_BOUNDARY may divide. */
  readonly systemPrompt?: string | readonly string[] | SystemPromptPreset | undefined;
  /** Goes after the CLI's system prompt. */
  readonly appendSystemPrompt?: string | undefined;
  /** Ends the turn with an error result after this many model answers. */
  readonly maxTurns?: number | undefined;
  /** Tools and rules that need no permission, e.g. `["Read", "Bash(git *)"]`. Approves, does not restrict: see `tools`. */
  readonly allowedTools?: readonly string[] | undefined;
  /** Tools and rules that are refused whatever else allows them. */
  readonly disallowedTools?: readonly string[] | undefined;
  /** The built-in tools that exist for Claude at all; `[]` for none, `"default"` for all. */
  readonly tools?:
    | readonly string[]
    | "default"
    | { readonly type: "preset"; readonly preset: "claude_code" }
    | undefined;
  readonly permissionMode?: PermissionMode | undefined;
  /** Decides about each tool call that no rule allows or denies. */
  readonly canUseTool?: CanUseTool | undefined;
  /**
   * Who decides about a tool call that no rule allows or denies: `canUseTool` or `permissionPromptToolName`; or nobody, so
   * that it is denied at once, Claude is told why, and `canUseTool` is not called.
   * @defaultValue "host"
   */
  readonly permissionPrompts?: "host" | "none" | undefined;
  /** An MCP tool that decides instead, e.g. "mcp__server__ask". */
  readonly permissionPromptToolName?: string | undefined;
  /** Lets `setPermissionMode("bypassPermissions")` be used later. */
  readonly allowDangerouslySkipPermissions?: boolean | undefined;
  /** Callbacks for events of the CLI, beside those of settings files. */
  readonly hooks?: Hooks | undefined;
  /** Answers questions of MCP servers; without it they are declined. */
  readonly onElicitation?: OnElicitation | undefined;
  /** Shows dialogues of the CLI; those of other kinds than `supportedDialogKinds` are not asked for. */
  readonly onUserDialog?: OnUserDialog | undefined;
  readonly supportedDialogKinds?: readonly string[] | undefined;
  /** The form of the answer, a zod schema: the result's `structured_output` is what its parser returns. */
  readonly outputSchema?: z.ZodType | undefined;
  /** @defaultValue "stream-json" */
  readonly outputFormat?: OutputFormat | undefined;
  /**
   * How a prompt that is a string is read: as text, as one user message in JSON, or as a line of JSON for each.
   * @defaultValue "text"
   */
  readonly inputFormat?: "text" | "json" | "stream-json" | undefined;
  /** The CLI is always verbose: without it, it sends no messages. Accepted for the sake of other SDKs. */
  readonly verbose?: boolean | undefined;
  /** Makes the CLI write what it does to its debug log; a text names the kinds, e.g. "api,hooks". */
  readonly debug?: boolean | string | undefined;
  /** Where the debug log goes. */
  readonly debugFile?: string | undefined;
  /** Gets what the CLI writes to stderr, as it comes, with credentials replaced. */
  readonly stderr?: ((text: string) => void) | undefined;
  /** The Python SDK's older form of `stderr`: what has a method `write`, e.g. `process.stderr`. */
  readonly debugStderr?: { write(text: string): unknown } | undefined;
  readonly thinking?: ThinkingConfig | undefined;
  /** Tokens that Claude may think, 0 for none. */
  readonly maxThinkingTokens?: number | undefined;
  /** The agent that answers, one of `agents` or of the settings. */
  readonly agent?: string | undefined;
  /** Beta features of the API, by the names of its header. */
  readonly betas?: readonly string[] | undefined;
  /** Folders of plugins. */
  readonly plugins?: readonly { readonly type: "local"; readonly path: string }[] | undefined;
  /** The skills that Claude may use, by name. */
  readonly skills?: readonly string[] | "all" | undefined;
  /** Tokens that the whole task may use; Claude is told. */
  readonly taskBudget?: { readonly total: number } | undefined;
  /** The `sandbox` part of the settings. */
  readonly sandbox?: Readonly<Record<string, unknown>> | undefined;
  /** Keeps what `rewindFiles()` needs. */
  readonly enableFileCheckpointing?: boolean | undefined;
  /** Also yields `hook_started`, `hook_progress` and `hook_response` messages. */
  readonly includeHookEvents?: boolean | undefined;
  /** Also yields what subagents write and think. */
  readonly forwardSubagentText?: boolean | undefined;
  /** Also yields a suggestion for the next prompt after each turn. */
  readonly promptSuggestions?: boolean | undefined;
  /** Also yields summaries of what subagents are doing. */
  readonly agentProgressSummaries?: boolean | undefined;
  /** Replaces the instructions of plan mode. */
  readonly planModeInstructions?: string | undefined;
  /** Other names of tools: what Claude calls → what runs. */
  readonly toolAliases?: Readonly<Record<string, string>> | undefined;
  /** How built-in tools behave. */
  readonly toolConfig?: ToolConfig | undefined;
  /** The session's title. */
  readonly title?: string | undefined;
  /**
   * Whether the CLI keeps the session, so that it can be resumed.
   * @defaultValue true
   */
  readonly persistSession?: boolean | undefined;
  /** Gets a copy of each line of the transcript; with `resume` and `continue`, the session comes from it. */
  readonly sessionStore?: SessionStore | undefined;
  /** @defaultValue "batched" */
  readonly sessionStoreFlush?: SessionStoreFlush | undefined;
  /**
   * How long `sessionStore` may take to load something, in milliseconds.
   * @defaultValue 60000
   */
  readonly loadTimeoutMs?: number | undefined;
  /** With `resume`: only up to the message of this UUID. */
  readonly resumeSessionAt?: string | undefined;
  /** Goes on with the session of this id. */
  readonly resume?: string | undefined;
  /** Goes on with the last session of the working folder. */
  readonly continue?: boolean | undefined;
  /** With `resume` or `continue`: a new session that begins as a copy. */
  readonly forkSession?: boolean | undefined;
  /** The id of the new session, a UUID. */
  readonly sessionId?: string | undefined;
  /**
   * Working folder of the CLI and its tools: a path or a `file:` URL.
   * @defaultValue process.cwd()
   */
  readonly cwd?: string | URL | undefined;
  /** Folders that tools may use beside `cwd`. Adds, does not fence. */
  readonly additionalDirectories?: readonly string[] | undefined;
  /** Variables to add to this process's environment for the CLI; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Ends the turn with a TimeoutError after this many milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** Ends the turn with an error result once it has cost this much, in US dollars. */
  readonly maxBudgetUsd?: number | undefined;
  readonly effort?: Effort | undefined;
  /** Settings, or the path of a settings file. */
  readonly settings?: string | Readonly<Record<string, unknown>> | undefined;
  /**
   * Settings that count as those of administrators: users' and projects' settings cannot loosen them. They stand in the
   * CLI's arguments, where every user of this computer may read them.
   */
  readonly managedSettings?: Readonly<Record<string, unknown>> | undefined;
  /** Which settings files are read; `[]` for none. */
  readonly settingSources?: readonly SettingSource[] | undefined;
  /** MCP servers by name, or the path of an MCP configuration file. */
  readonly mcpServers?: string | Readonly<Record<string, McpServerConfig>> | undefined;
  /** Uses the servers of `mcpServers` only. */
  readonly strictMcpConfig?: boolean | undefined;
  /** Subagents by name. */
  readonly agents?: Readonly<Record<string, AgentDefinition>> | undefined;
  /**
   * Also yields the answer while it streams, as `stream_event` messages.
   * @defaultValue true
   */
  readonly includePartialMessages?: boolean | undefined;
  /** Lets every tool run unasked. The CLI refuses it for root, unless IS_SANDBOX=1 is in `env`. */
  readonly dangerouslySkipPermissions?: boolean | undefined;
  /** The `claude` to run: a path, or the name of a program on PATH; a `.js` file runs in this Node. */
  readonly pathToClaudeCodeExecutable?: string | undefined;
  /** What runs a CLI that is a `.js` file, and its arguments. @defaultValue this Node */
  readonly executable?: string | undefined;
  readonly executableArgs?: readonly string[] | undefined;
  /**
   * Starts the CLI in place of this computer: in a container, a virtual machine, on another one. Prompts and settings then
   * stand in its arguments, since it cannot read files of this computer.
   */
  readonly spawnClaudeCodeProcess?: SpawnClaudeCodeProcess | undefined;
  /** Runs the CLI as this user, a name or a number; needs the right to (root). Not on Windows. */
  readonly user?: string | number | undefined;
  /**
   * The longest line that is accepted of the CLI, in bytes; a longer one is a CLIJSONDecodeError.
   * @defaultValue 268435456
   */
  readonly maxBufferSize?: number | undefined;
  /** Further flags of the CLI by name, without the dashes; `null` or `true` for a flag without a value. */
  readonly extraArgs?: Readonly<Record<string, string | boolean | null>> | undefined;
  /** Aborts the turn: it throws an AbortError, and its processes are ended. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Who serves the model: sets the variables that choose it, and checks those that it needs. */
  readonly provider?: Provider | undefined;
  /** `"oauth"`: by the claude.ai login alone. No API key is sent; throws a NotLoggedInError when there is no login. */
  readonly auth?: "oauth" | undefined;
  /**
   * Runs the turn again after rate limits, overload, server faults and lost connections, unless Claude has begun to
   * answer: `true` for three times, a number, or all of it.
   * @defaultValue false: the CLI's own retries are all there are
   */
  readonly retry?: boolean | number | RetryOptions | undefined;
  /**
   * Is told of CLI discovery, start, parsing, errors, cost and duration, without prompts and secrets; pino's shape.
   * @defaultValue JSON lines on stderr from the level that CLAUDE_NOTEBOOK_LOG names
   */
  readonly logger?: Logger | undefined;
  /**
   * Whether the turn runs, is recorded or is replayed.
   * @defaultValue CLAUDE_NOTEBOOK_MODE, else "auto"
   */
  readonly mode?: RecordingMode | undefined;
  /**
   * Folder of the recordings.
   * @defaultValue CLAUDE_NOTEBOOK_RECORDINGS, else `recordings` in process.cwd()
   */
  readonly recordingsDir?: string | undefined;
}

/** The same options by the names they have in the Python SDKs. */
export type SynonymOptions = {
  readonly [Name in keyof SynonymTable]?: ClaudeOptions[SynonymTable[Name]];
};

/** Options of `query()`: by their own names, or by the Python SDKs' names for them. */
export interface QueryOptions extends ClaudeOptions, SynonymOptions {
  /** `timeoutMs` in seconds, as in the Python SDKs. */
  readonly timeout?: number | undefined;
  /** Its signal, as `abortSignal`. */
  readonly abortController?: AbortController | undefined;
}
