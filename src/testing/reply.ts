import type { TextBlock, ThinkingBlock, ToolUseBlock } from "../messages/types.js";

/** A block of a scripted answer. A tool call needs no id: the API gives it one, always the same. */
export type ReplyBlock = TextBlock | ThinkingBlock | (Omit<ToolUseBlock, "id"> & { readonly id?: string });

/** An HTTP error in place of an answer. */
export interface ErrorReply {
  readonly type: "error";
  /** HTTP status, e.g. 401, 429, 500, 529. */
  readonly status: number;
  readonly message: string;
  /** How many requests get it before the next reply is given; by default all do. */
  readonly times: number;
}

/** One answer of the model (its blocks, or a single one), or an error. */
export type Reply = ReplyBlock | readonly ReplyBlock[] | ErrorReply;

/** Text in markdown. */
export function text(markdown: string): TextBlock {
  return { type: "text", text: markdown };
}

/** Reasoning before an answer. @param signature made up by default; a model's own is opaque as well. */
export function thinking(reasoning: string, signature = "c2NyaXB0ZWQ="): ThinkingBlock {
  return { type: "thinking", thinking: reasoning, signature };
}

/** A call of a tool; the CLI really runs it. The reply that follows is given once the result is in. */
export function toolUse(name: string, input: unknown): ReplyBlock {
  return { type: "tool_use", name, input };
}

/** The API's names for its errors. @see https://docs.anthropic.com/en/api/errors */
export const errorTypes: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  529: "overloaded_error",
};

/** An HTTP error in place of an answer. @param times how many requests get it; all by default. */
export function apiError(
  status: number,
  message = "scripted error",
  times = Number.POSITIVE_INFINITY,
): ErrorReply {
  return { type: "error", status, message, times };
}
