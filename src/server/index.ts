/** `claude-notebook/server`: Claude over WebSockets and HTTP. */
export {
  ClaudeWebSocketServer,
  ClaudeWebSocketServer as EnhancedClaudeWebSocketServer,
  type ServerAddress,
} from "./claude-websocket-server.js";
export {
  type ConversationEntry,
  type ConversationStore,
  memoryConversations,
  type RunningTurn,
  type StoredTurn,
} from "./conversation-store.js";
export { managedConversations } from "./managed-conversations.js";
export type {
  ClientMessage,
  ClientMessageType,
  ErrorMessageData,
  PermissionRequestData,
  ServerMessage,
} from "./protocol.js";
export type { Rate } from "./rate-limit.js";
export { ServerError, type ServerErrorReason } from "./server-error.js";
export {
  type ClaudeWebSocketServerOptions,
  defaultAllowedTools,
  defaultLimits,
  defaultTools,
  type OfferedTools,
  type ServerLimits,
} from "./server-options.js";
export type { ServerPage } from "./server-page.js";
