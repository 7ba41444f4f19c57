import type { Logger } from "../logging/logger.js";
import type { PermissionMode, QueryOptions } from "../options/types.js";
import type { SdkMcpServer } from "../tools/create-sdk-mcp-server.js";
import type { ConversationStore } from "./conversation-store.js";
import type { Rate } from "./rate-limit.js";
import type { ServerPage } from "./server-page.js";

/** What one client, and all together, may take of the server. */
export interface ServerLimits {
  /** Connections at once; further ones are refused with status 503. */
  readonly maxConnections: number;
  /** Queries that run at once, over all clients. */
  readonly maxRunning: number;
  /** Queries that wait for a place; further ones are refused. */
  readonly maxQueued: number;
  /** Queries of one connection that run or wait. */
  readonly maxQueriesPerClient: number;
  /** Bytes of a message or a request's body. */
  readonly maxMessageBytes: number;
  /** Messages and pings of one connection. */
  readonly messageRate: Rate;
  /** Queries of one remote address. */
  readonly queryRate: Rate;
  /** How long a client may take to say its token, in ms. */
  readonly loginMs: number;
  /** Bytes that may wait in a client's socket before its queries have to wait too. */
  readonly maxBufferedBytes: number;
  /** How long a client may take nothing, with that much waiting, before it is disconnected, in ms. */
  readonly stallMs: number;
  /** Bytes of numbered messages that are kept for a client that comes back. */
  readonly keptBytes: number;
  /** How long a client that is gone may stay away before its queries are ended, in ms. */
  readonly resumeMs: number;
  /** How long a question about a tool waits for its answer before it counts as denied, in ms. */
  readonly answerMs: number;
  /** How often a silent connection is checked, in ms; it is closed when it does not answer until the next check. */
  readonly heartbeatMs: number;
  /** How long running queries may go on when the server is shut down, in ms. */
  readonly shutdownMs: number;
}

/** The limits of a server that is given none. */
export const defaultLimits: ServerLimits = {
  maxConnections: 512,
  // Each query is a process of 200 to 300 MB.
  maxRunning: 8,
  maxQueued: 64,
  maxQueriesPerClient: 8,
  maxMessageBytes: 1024 * 1024,
  messageRate: { perSecond: 50, burst: 200 },
  queryRate: { perSecond: 2, burst: 60 },
  loginMs: 10_000,
  maxBufferedBytes: 1024 * 1024,
  stallMs: 30_000,
  keptBytes: 4 * 1024 * 1024,
  resumeMs: 30_000,
  answerMs: 300_000,
  heartbeatMs: 30_000,
  shutdownMs: 10_000,
};

/** Tools that exist for clients: files, searches, commands, and Claude's own lists and questions. */
export const defaultTools: readonly string[] = [
  "AskUserQuestion",
  "Bash",
  "Edit",
  "Glob",
  "Grep",
  "NotebookEdit",
  "Read",
  "TodoWrite",
  "Write",
];

/** Tools that a client may have run unasked: those that only read, inside the allowed folders. */
export const defaultAllowedTools: readonly string[] = ["Glob", "Grep", "Read", "TodoWrite"];

/** Tools of this process that clients may use: what a registry of tools offers. */
export interface OfferedTools {
  /** What a client is told of them. */
  list(): readonly { readonly name: string; readonly description: string; readonly inputSchema: unknown }[];
  /** The same as an MCP server; Claude knows them as `mcp__NAME__TOOL`. */
  readonly server: SdkMcpServer;
}

/** What clients of the server may do, and how much. */
export interface ClaudeWebSocketServerOptions {
  /** What clients must know; needed where other machines can reach the server. */
  readonly token?: string | undefined;
  /** Folders that clients may work in; the first is where they work by default. @defaultValue the working folder */
  readonly allowedFolders?: readonly string[] | undefined;
  /** Built-in tools that exist for clients. @defaultValue {@link defaultTools} */
  readonly tools?: readonly string[] | undefined;
  /** Tools and rules that clients may have run unasked. @defaultValue {@link defaultAllowedTools} */
  readonly allowedTools?: readonly string[] | undefined;
  /** The most that a client's permission mode may allow, and the mode without one. @defaultValue "default" */
  readonly permissionMode?: PermissionMode | undefined;
  /**
   * Options of every query. A client's `maxTurns` cannot be more than theirs. No settings files are read unless
   * `settingSources` names some: what the rules in these allow, clients may do unasked.
   */
  readonly queryOptions?: QueryOptions | undefined;
  /** Tools of this process. */
  readonly offeredTools?: OfferedTools | undefined;
  /** Where conversations are kept. @defaultValue in memory, the last hundred */
  readonly conversations?: ConversationStore | undefined;
  /** The page at `/`. */
  readonly page?: ServerPage | undefined;
  /** Further names of this server, e.g. behind a proxy: `claude.example.com`. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Origins of further pages that may use it: `https://claude.example.com`. */
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly limits?: Partial<ServerLimits> | undefined;
  readonly logger?: Logger | undefined;
}
