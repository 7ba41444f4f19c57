/**
 * The parts of a response, in reading order: what the reducer makes of Claude's messages and what the panels draw.
 * Plain data: a part is stored in notebooks as it stands (`application/vnd.claude-notebook.v1+json`).
 */

/** The media type of stored parts; see {@link ResponseBundle}. */
export const RESPONSE_MIME = "application/vnd.claude-notebook.v1+json";

/** streaming: still being written; running: a tool at work; the other three are final. */
export type PartState = "streaming" | "running" | "done" | "failed" | "interrupted";

interface PartBase {
  /** Unique within the response and stable while it streams. */
  readonly id: string;
  readonly state: PartState;
  /** Time it took, in milliseconds, once known. */
  readonly durationMs?: number | undefined;
  /** True when the API took it back: the model refused in the middle, and this is not part of the conversation. */
  readonly retracted?: boolean | undefined;
}

/** Claude's text, in markdown. */
export interface TextPart extends PartBase {
  readonly type: "text";
  readonly text: string;
}

/** Claude's reasoning; `redacted` when the API returned it encrypted. */
export interface ThinkingPart extends PartBase {
  readonly type: "thinking";
  readonly text: string;
  readonly redacted?: boolean | undefined;
  /** How many tokens it took so far, as the CLI estimates: all there is to see of thinking that is not shown. */
  readonly tokens?: number | undefined;
}

/** A tool call with what is known of its input and result so far. */
export interface ToolPart extends PartBase {
  readonly type: "tool";
  readonly name: string;
  /** The input so far: while it streams, what the partial JSON already says. */
  readonly input: unknown;
  readonly result?: ToolResult | undefined;
  /** What a subagent did under this call. */
  readonly children: readonly Part[];
  /** True when Claude was not allowed to use the tool. */
  readonly denied?: boolean | undefined;
  /** The work that goes on in the background after the call has returned. */
  readonly task?: BackgroundTask | undefined;
  /** Claude's task list after this call, for the tools that change or show it. */
  readonly plan?: readonly PlanItem[] | undefined;
}

/** Work in the background: a command or a subagent. */
export interface BackgroundTask {
  readonly id: string;
  readonly status: "running" | "done" | "failed" | "stopped";
  /** What came of it, or what it does now. */
  readonly summary?: string | undefined;
  readonly toolUses?: number | undefined;
  readonly tokens?: number | undefined;
}

/** One item of Claude's task list. */
export interface PlanItem {
  readonly id: string;
  readonly text: string;
  readonly state: "open" | "now" | "done";
}

/** What the tool returned. */
export interface ToolResult {
  /** As Claude saw it: text or content blocks. */
  readonly content: unknown;
  /** The CLI's structured result (`tool_use_result`), when there is one. */
  readonly structured?: unknown;
  readonly isError: boolean;
}

/** News that is neither answer nor tool: an error, a retry, an interruption. */
export interface NoticePart extends PartBase {
  readonly type: "notice";
  readonly level: "info" | "warning" | "error";
  readonly title: string;
  readonly text: string;
  /** What the reader can do about it; lines, commands in backticks. */
  readonly hints?: readonly string[] | undefined;
  /** What a program printed about it; may hold escape sequences. */
  readonly output?: string | undefined;
}

/** The last line of a response: turns, time, tokens, cost. */
export interface FooterPart extends PartBase {
  readonly type: "footer";
  readonly turns?: number | undefined;
  readonly costUsd?: number | undefined;
  /** All input, tokens read from the cache included. */
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly cacheReadTokens?: number | undefined;
  readonly replayed: boolean;
  /** The name of the recording that was replayed, without its ending. */
  readonly recording?: string | undefined;
  /** Tokens in the context at the end of the turn, and how many the model takes. */
  readonly contextTokens?: number | undefined;
  readonly contextWindow?: number | undefined;
  readonly session?: SessionInfo | undefined;
}

/** What the CLI said about itself when the turn began. */
export interface SessionInfo {
  readonly id?: string | undefined;
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly permissionMode?: string | undefined;
  readonly tools: readonly string[];
  readonly mcpServers: readonly { readonly name: string; readonly status: string }[];
}

/** What one of our systems shows: a table of conversations, the steps of a chain. */
export interface ViewPart extends PartBase {
  readonly type: "view";
  /** Which panel draws it, e.g. "chain". */
  readonly view: string;
  /** What it shows, as JSON. */
  readonly data: unknown;
}

/** A part of a response: what a panel draws. */
export type Part = TextPart | ThinkingPart | ToolPart | NoticePart | FooterPart | ViewPart;

/** One output of a notebook cell: some consecutive parts of one response. */
export interface ResponseBundle {
  readonly version: 1;
  /** The id of the response the parts belong to; outputs of one response share it. */
  readonly response: string;
  readonly parts: readonly Part[];
}
