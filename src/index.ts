/** The SDK: Claude Code as a subprocess, its messages typed, its turns recorded and replayed. */
export { abortQueries, isQueryActive } from "./active-queries.js";
export { type AuthStatus, authStatus } from "./auth/auth-status.js";
export { type LoginOptions, login, logout } from "./auth/login.js";
export type { Provider } from "./auth/provider.js";
export { queryWithOAuth, queryWithOAuth as query_with_oauth } from "./auth/query-with-oauth.js";
export { type ConfigCommand, type ConfigOptions, config } from "./cli/config.js";
export { type Diagnosis, type DoctorCheck, doctor } from "./cli/doctor.js";
export { filterEscalatingDefaultMode } from "./cli/filter-escalating-default-mode.js";
export { type McpCommand, type McpCommandOptions, mcp } from "./cli/mcp.js";
export type { McpScope, McpServerEntry, McpServerInfo, McpStatus } from "./cli/mcp-output.js";
export {
  type ResolvedSettingSource,
  type ResolvedSettings,
  resolveSettings,
} from "./cli/resolve-settings.js";
export type { ClaudeCommandOptions, ClaudeCommandResult } from "./cli/run-claude.js";
export type { Settings } from "./cli/settings-file.js";
export { type UpdateResult, update } from "./cli/update.js";
export { type ClaudeVersion, version } from "./cli/version.js";
export { ClaudeSDKClient } from "./client/claude-sdk-client.js";
export { collectResult, queryObject, queryText } from "./collect-result.js";
export type { ElicitationRequest, ElicitationResult, OnElicitation } from "./control/elicitation.js";
export { EXIT_REASONS, type ExitReason } from "./control/exit-reasons.js";
export {
  type BaseHookInput,
  type HookCallback,
  type HookEvent,
  type HookInput,
  type HookMatcher,
  type HookOutput,
  type Hooks,
  hookEvents,
  hookEvents as HOOK_EVENTS,
} from "./control/hook-types.js";
export type {
  CanUseTool,
  PermissionContext,
  PermissionResult,
  PermissionUpdate,
} from "./control/permissions.js";
export type { SessionControls } from "./control/session-controls.js";
export type {
  AccountInfo,
  AgentInfo,
  ContextUsage,
  McpServerStatus,
  McpSetServersResult,
  ModelInfo,
  RewindFilesResult,
  SlashCommand,
} from "./control/session-info.js";
export type { OnUserDialog, UserDialogRequest, UserDialogResult } from "./control/user-dialog.js";
export {
  AbortError,
  CLIConnectionError,
  CLIJSONDecodeError,
  CLINotFoundError,
  ClaudeSDKError,
  ClaudeSDKError as ClaudeCodeError,
  type ClaudeSDKErrorCode,
  type ClaudeSDKErrorOptions,
  CommandError,
  ControlRequestError,
  InvalidOptionsError,
  isAborted,
  NotLoggedInError,
  ProcessError,
  RecordingError,
  RecordingNotFoundError,
  ResultError,
  SessionNotFoundError,
  SessionStoreError,
  SettingsError,
  StructuredOutputError,
  TimeoutError,
} from "./errors.js";
export type { Logger, LogMethod } from "./logging/logger.js";
export { accumulate } from "./messages/accumulate.js";
export { events, type FlatEvent } from "./messages/events.js";
export {
  isAssistantMessage,
  isResultMessage,
  isStreamEvent,
  isSystemMessage,
  isTextBlock,
  isThinkingBlock,
  isToolResultBlock,
  isToolUseBlock,
  isUserMessage,
} from "./messages/guards.js";
export {
  isImageBlock,
  isOtherKind,
  isSystemKind,
  type OtherFields,
  type OtherKind,
  type OtherMessageOf,
  type SystemFields,
  type SystemKind,
  type SystemMessageOf,
} from "./messages/kinds.js";
export {
  ORG_POLICY_LIMIT_PREFIXES,
  USAGE_LIMIT_ERROR_PREFIXES,
  USAGE_TRANSITION_PREFIXES,
  USAGE_WARNING_PREFIXES,
} from "./messages/limit-texts.js";
export type {
  AssistantMessage,
  ContentBlock,
  DocumentBlock,
  ImageBlock,
  KnownBlock,
  KnownMessage,
  MalformedMessage,
  Message,
  OtherBlock,
  OtherMessage,
  RedactedThinkingBlock,
  ResultMessage,
  StreamDelta,
  StreamEvent,
  StreamEventMessage,
  SystemMessage,
  TextBlock,
  ThinkingBlock,
  ToolResultBlock,
  ToolUseBlock,
  Usage,
  UserMessage,
} from "./messages/types.js";
export { BUILTIN_TOOL_NAMES, LEGACY_TOOL_NAME_ALIASES } from "./options/built-in-tools.js";
export { ClaudeCodeOptions } from "./options/claude-code-options.js";
export { SYSTEM_PROMPT_DYNAMIC_BOUNDARY } from "./options/system-prompt-boundary.js";
export type {
  AgentDefinition,
  ClaudeOptions,
  Effort,
  McpServerConfig,
  OutputFormat,
  PermissionMode,
  QueryOptions,
  SettingSource,
  SystemPromptPreset,
  ThinkingConfig,
  ToolConfig,
} from "./options/types.js";
export { type MessageOrigin, originOf, type QueryOrigin, setQueryContext } from "./origin.js";
export { prewarm, type WarmClaude } from "./prewarm.js";
export type {
  SpawnClaudeCodeProcess,
  SpawnedProcess,
  SpawnOptions,
} from "./process/spawned-process.js";
export type { Prompt, PromptContent, PromptItem, PromptMessage } from "./prompt.js";
export { type QueryRequest, query } from "./query.js";
export type { Query } from "./query-run.js";
export type { RecordingMode } from "./recording/recording-mode.js";
export { classifyFailure, type Failure, type FailureKind } from "./retry/classify-failure.js";
export type { RetryOptions } from "./retry/retry-options.js";
export { foldSessionSummary } from "./session-store/fold-session-summary.js";
export { type ImportSessionOptions, importSessionToStore } from "./session-store/import-session.js";
export { InMemorySessionStore } from "./session-store/in-memory-session-store.js";
export type {
  SessionKey,
  SessionStore,
  SessionStoreEntry,
  SessionStoreFlush,
  SessionSummaryEntry,
} from "./session-store/session-store.js";
export { archiveSession, unarchiveSession } from "./sessions/archive-session.js";
export { deleteSession, renameSession, tagSession } from "./sessions/change-session.js";
export { type ForkSessionOptions, forkSession } from "./sessions/fork-session.js";
export { type ListSessionsOptions, listSessions } from "./sessions/list-sessions.js";
export { getSessionMessages, type ReadSessionOptions } from "./sessions/read-session.js";
export {
  type FoundSession,
  type SearchSessionsOptions,
  type SessionMatch,
  searchSessions,
} from "./sessions/search-sessions.js";
export type { SessionInfo } from "./sessions/session-facts.js";
export type { SessionPlace } from "./sessions/session-files.js";
export { getSessionInfo } from "./sessions/session-info.js";
export { getSubagentMessages, listSubagents } from "./sessions/subagents.js";
export {
  createSdkMcpServer,
  type SdkMcpServer,
  type SdkMcpServerInstance,
  type SdkMcpServerOptions,
} from "./tools/create-sdk-mcp-server.js";
export {
  type SdkMcpTool,
  type ToolContext,
  type ToolInput,
  type ToolResult,
  type ToolShape,
  tool,
} from "./tools/tool.js";
export { VERSION } from "./version.js";
