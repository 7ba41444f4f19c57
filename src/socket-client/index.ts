/** `claude-notebook/client`: speaks to the server, from a page or a program. Needs nothing of Node. */
export { type ClaudeSocket, connectClaude, type SocketQuery } from "./claude-socket.js";
export { SocketError } from "./socket-error.js";
export type {
  ClaudeSocketOptions,
  ConnectionStatus,
  PermissionAnswer,
  PermissionQuestion,
  SocketLike,
  SocketQueryOptions,
} from "./socket-options.js";
