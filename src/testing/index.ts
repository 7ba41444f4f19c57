/** For tests of code that uses the SDK: an API that says what it was told to, and messages as the CLI sends them. */
export type { Pace } from "./answer-events.js";
export { cleanClaudeEnv } from "./clean-claude-env.js";
export {
  assistantMessage,
  initMessage,
  resultMessage,
  streamEventMessages,
  toolResultMessage,
  userMessage,
} from "./messages.js";
export { apiError, type ErrorReply, type Reply, type ReplyBlock, text, thinking, toolUse } from "./reply.js";
export {
  createScriptedApi,
  type ScriptedApi,
  type ScriptedApiOptions,
  type ScriptedConversation,
} from "./scripted-api.js";
export type { MessagesRequest, ScriptedRequest } from "./scripted-request.js";
