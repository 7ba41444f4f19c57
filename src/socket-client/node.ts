/** `claude-notebook/client` in Node, where the WebSocket of the package `ws` stands in for one that is not there (before Node 22). */
import { WebSocket } from "ws";
import { type ClaudeSocket, connectClaude as connect } from "./claude-socket.js";
import type { ClaudeSocketOptions, SocketLike } from "./socket-options.js";

export type { ClaudeSocket, SocketQuery } from "./claude-socket.js";
export { SocketError } from "./socket-error.js";
export type {
  ClaudeSocketOptions,
  ConnectionStatus,
  PermissionAnswer,
  PermissionQuestion,
  SocketLike,
  SocketQueryOptions,
} from "./socket-options.js";

type SocketClass = new (url: string) => SocketLike;

/** The same as in a page: see `claude-socket.ts`. */
export function connectClaude(options: ClaudeSocketOptions): ClaudeSocket {
  const known = (globalThis as { WebSocket?: SocketClass }).WebSocket;
  return connect({
    ...options,
    WebSocket: options.WebSocket ?? known ?? (WebSocket as unknown as SocketClass),
  });
}
