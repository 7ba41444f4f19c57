import type { PermissionRequestData } from "../server/protocol.js";

/** The part of a WebSocket that the client uses: a browser's, Node's (from 22 on), and that of the package `ws`. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open", listener: () => void): void;
  addEventListener(type: "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: "close",
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
}

/** An answer to a question about a tool call. */
export interface PermissionAnswer {
  readonly behavior: "allow" | "deny";
  /** Told to Claude with a denial. */
  readonly message?: string | undefined;
  /** With a denial: also stops the turn. */
  readonly interrupt?: boolean | undefined;
  /** With an approval: no question about the same again during this query. */
  readonly remember?: boolean | undefined;
  /** Answers to the questions of AskUserQuestion, by question. */
  readonly answers?: Readonly<Record<string, string>> | undefined;
}

/** A question about a tool call. */
export interface PermissionQuestion extends PermissionRequestData {
  /** The query in which Claude calls the tool. */
  readonly queryId: string | undefined;
  /** Fires when the question is withdrawn. */
  readonly signal: AbortSignal;
}

/** How the connection stands; `lost` is being mended, `closed` is the end. */
export type ConnectionStatus = "connecting" | "open" | "lost" | "closed";

/** How a client connects, and who decides about tools. */
export interface ClaudeSocketOptions {
  /** `ws://127.0.0.1:8000/ws`; an `http:` address of the server does too. */
  readonly url: string;
  /** The server's token; sent in the first message. */
  readonly token?: string | undefined;
  /** @defaultValue the global WebSocket */
  readonly WebSocket?: (new (url: string) => SocketLike) | undefined;
  /** Decides about tool calls that need approval; without it they are denied. What it throws denies, too. */
  readonly onPermission?:
    | ((question: PermissionQuestion) => Promise<PermissionAnswer> | PermissionAnswer)
    | undefined;
  /** Is told how the connection is. */
  readonly onStatus?: ((status: ConnectionStatus) => void) | undefined;
  /** How often a lost connection is opened again before the client gives up. @defaultValue 8 */
  readonly retries?: number | undefined;
  /** Pause before the first of these, in ms; each further one is twice as long, up to 5 s. @defaultValue 200 */
  readonly retryDelayMs?: number | undefined;
}

/** What a client may say of a query; the server refuses anything else by name. */
export interface SocketQueryOptions {
  readonly model?: string | undefined;
  readonly systemPrompt?: string | undefined;
  readonly maxTurns?: number | undefined;
  readonly allowedTools?: readonly string[] | undefined;
  readonly disallowedTools?: readonly string[] | undefined;
  readonly permissionMode?: string | undefined;
  readonly resume?: string | undefined;
  readonly cwd?: string | undefined;
  /** Whether the answer comes while it is written, too. */
  readonly stream?: boolean | undefined;
}
