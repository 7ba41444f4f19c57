/** The SDK: Claude Code as a subprocess, its messages typed, its turns recorded and replayed. */
export { abortQueries, isQueryActive } from "./active-queries.js";
export { collectResult, queryText } from "./collect-result.js";
export {
  AbortError,
  CLIConnectionError,
  CLIJSONDecodeError,
  CLINotFoundError,
  ClaudeSDKError,
  type ClaudeSDKErrorCode,
  type ClaudeSDKErrorOptions,
  InvalidOptionsError,
  isAborted,
  ProcessError,
  RecordingError,
  RecordingNotFoundError,
  ResultError,
  TimeoutError,
} from "./errors.js";
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
export type {
  AssistantMessage,
  ContentBlock,
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
export type {
  AgentDefinition,
  ClaudeOptions,
  Effort,
  McpServerConfig,
  PermissionMode,
  QueryOptions,
  SettingSource,
} from "./options/types.js";
export { type MessageOrigin, originOf, type QueryOrigin, setQueryContext } from "./origin.js";
export { type QueryRequest, query } from "./query.js";
export type { Query } from "./query-run.js";
export type { RecordingMode } from "./recording/recording-mode.js";
