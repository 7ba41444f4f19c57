/**
 * The messages of a Claude turn, as they stand on the wire of `claude --output-format stream-json`.
 * Field names are the wire's own (`session_id`, `tool_use_id`), as in both official SDKs.
 * Every object may carry more fields than are named here; kinds that are not named pass through as {@link OtherMessage}.
 */

/** Text that Claude wrote, in markdown. */
export interface TextBlock {
  readonly type: "text";
  readonly text: string;
}

/** Claude's reasoning before an answer. */
export interface ThinkingBlock {
  readonly type: "thinking";
  readonly thinking: string;
  readonly signature?: string | undefined;
}

/** Reasoning that the API returned encrypted. */
export interface RedactedThinkingBlock {
  readonly type: "redacted_thinking";
  readonly data: string;
}

/** A call of a tool; its result comes in a later user message as a {@link ToolResultBlock} with the same id. */
export interface ToolUseBlock {
  readonly type: "tool_use";
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/** What a tool returned to Claude. */
export interface ToolResultBlock {
  readonly type: "tool_result";
  readonly tool_use_id: string;
  readonly content?: string | readonly ContentBlock[] | undefined;
  readonly is_error?: boolean | undefined;
}

/** An image, inline or by address. */
export interface ImageBlock {
  readonly type: "image";
  readonly source:
    | { readonly type: "base64"; readonly media_type: string; readonly data: string }
    | { readonly type: "url"; readonly url: string };
}

/** A document in a prompt: a PDF or plain text, inline or by address. */
export interface DocumentBlock {
  readonly type: "document";
  readonly source:
    | { readonly type: "base64"; readonly media_type: string; readonly data: string }
    | { readonly type: "text"; readonly media_type: string; readonly data: string }
    | { readonly type: "url"; readonly url: string };
  readonly title?: string | undefined;
  readonly context?: string | undefined;
}

/** A kind of block that this version does not know. */
export interface OtherBlock {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The blocks that this version knows. */
export type KnownBlock =
  | TextBlock
  | ThinkingBlock
  | RedactedThinkingBlock
  | ToolUseBlock
  | ToolResultBlock
  | ImageBlock
  | DocumentBlock;
/** A block of a message, of a kind that this version knows or not. */
export type ContentBlock = KnownBlock | OtherBlock;

/** Token counts of one API answer, or of a whole turn. */
export interface Usage {
  readonly input_tokens?: number | undefined;
  readonly output_tokens?: number | undefined;
  readonly cache_creation_input_tokens?: number | null | undefined;
  readonly cache_read_input_tokens?: number | null | undefined;
  readonly [field: string]: unknown;
}

/** One finished content block of an answer. The CLI sends a line for each block; they share `message.id`. */
export interface AssistantMessage {
  readonly type: "assistant";
  readonly message: {
    readonly id?: string | undefined;
    readonly model?: string | undefined;
    readonly content: readonly ContentBlock[];
    readonly stop_reason?: string | null | undefined;
    readonly usage?: Usage | undefined;
    readonly [field: string]: unknown;
  };
  /** The same array as `message.content`. */
  readonly content: readonly ContentBlock[];
  readonly parent_tool_use_id?: string | null | undefined;
  readonly session_id?: string | undefined;
  readonly uuid?: string | undefined;
  readonly [field: string]: unknown;
}

/** What went to Claude: a prompt, or the results of tools. */
export interface UserMessage {
  readonly type: "user";
  readonly message: {
    readonly role?: string | undefined;
    readonly content: string | readonly ContentBlock[];
    readonly [field: string]: unknown;
  };
  /** The same value as `message.content`. */
  readonly content: string | readonly ContentBlock[];
  readonly parent_tool_use_id?: string | null | undefined;
  readonly session_id?: string | undefined;
  readonly uuid?: string | undefined;
  /** The structured result of the tool, e.g. Bash `{stdout, stderr, interrupted, isImage}`, Edit `{structuredPatch, …}`. */
  readonly tool_use_result?: unknown;
  readonly [field: string]: unknown;
}

/** News of the session itself; `subtype` "init" opens each turn. */
export interface SystemMessage {
  readonly type: "system";
  readonly subtype: string;
  readonly session_id?: string | undefined;
  readonly [field: string]: unknown;
}

/** The end of a turn. An error is `is_error`, never `subtype` alone: the CLI sends `success` with `is_error: true`. */
export interface ResultMessage {
  readonly type: "result";
  readonly subtype: string;
  readonly is_error: boolean;
  readonly session_id?: string | undefined;
  readonly result?: string | undefined;
  readonly errors?: readonly string[] | undefined;
  readonly num_turns?: number | undefined;
  readonly duration_ms?: number | undefined;
  readonly duration_api_ms?: number | undefined;
  readonly total_cost_usd?: number | undefined;
  /** The same as `total_cost_usd`; not enumerable. */
  readonly cost_usd?: number | undefined;
  /** The same as `result`; not enumerable. */
  readonly content?: string | undefined;
  readonly usage?: Usage | undefined;
  readonly permission_denials?: readonly unknown[] | undefined;
  /** With `outputSchema`: the answer, as the schema's parser returned it. */
  readonly structured_output?: unknown;
  readonly [field: string]: unknown;
}

/** One raw event of the Messages API while an answer streams. @see https://docs.anthropic.com/en/api/messages-streaming */
export interface StreamEventMessage {
  readonly type: "stream_event";
  readonly event: StreamEvent;
  readonly parent_tool_use_id?: string | null | undefined;
  readonly session_id?: string | undefined;
  readonly uuid?: string | undefined;
  readonly [field: string]: unknown;
}

/** An event of the Messages API while an answer streams. */
export type StreamEvent =
  | {
      readonly type: "message_start";
      readonly message: { readonly id?: string; readonly [field: string]: unknown };
    }
  | { readonly type: "content_block_start"; readonly index: number; readonly content_block: ContentBlock }
  | { readonly type: "content_block_delta"; readonly index: number; readonly delta: StreamDelta }
  | { readonly type: "content_block_stop"; readonly index: number }
  | {
      readonly type: "message_delta";
      readonly delta: { readonly stop_reason?: string | null };
      readonly usage?: Usage;
    }
  | { readonly type: "message_stop" }
  | { readonly type: string; readonly [field: string]: unknown };

/** What is added to a block while it streams. */
export type StreamDelta =
  | { readonly type: "text_delta"; readonly text: string }
  | { readonly type: "thinking_delta"; readonly thinking: string }
  | { readonly type: "signature_delta"; readonly signature: string }
  | { readonly type: "input_json_delta"; readonly partial_json: string }
  | { readonly type: string; readonly [field: string]: unknown };

/** A kind of message that this version does not know; it is passed on as it came. */
export interface OtherMessage {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * A message of a known kind that lacks what the kind must have. It has a type of its own, so that code which has checked
 * `type` may trust the fields.
 */
export interface MalformedMessage {
  readonly type: "malformed";
  /** What is wrong with it, for people. */
  readonly problem: string;
  /** The message as it came. */
  readonly original: unknown;
  readonly [field: string]: unknown;
}

/** The messages that this version knows. */
export type KnownMessage =
  | AssistantMessage
  | UserMessage
  | SystemMessage
  | ResultMessage
  | StreamEventMessage
  | MalformedMessage;
/** What a query yields. A kind that a newer CLI has added is passed on as it came. */
export type Message = KnownMessage | OtherMessage;
