import type {
  AssistantMessage,
  ResultMessage,
  StreamEventMessage,
  SystemMessage,
  TextBlock,
  ThinkingBlock,
  ToolResultBlock,
  ToolUseBlock,
  UserMessage,
} from "./types.js";

type Fields = Readonly<Record<string, unknown>>;

function isOfType(value: unknown, type: string): value is Fields {
  return typeof value === "object" && value !== null && (value as Fields).type === type;
}

/** Whether a message is a finished block of Claude's answer. */
export function isAssistantMessage(message: unknown): message is AssistantMessage {
  return isOfType(message, "assistant") && Array.isArray(message.content);
}

/** Whether a message went to Claude: a prompt, or the results of tools. */
export function isUserMessage(message: unknown): message is UserMessage {
  return isOfType(message, "user") && message.content !== undefined;
}

/** Whether a message is news of the session itself. */
export function isSystemMessage(message: unknown): message is SystemMessage {
  return isOfType(message, "system") && typeof message.subtype === "string";
}

/** Whether a message is the end of a turn. */
export function isResultMessage(message: unknown): message is ResultMessage {
  return isOfType(message, "result") && typeof message.is_error === "boolean";
}

/** Whether a message is a piece of an answer that is still streaming. */
export function isStreamEvent(message: unknown): message is StreamEventMessage {
  return isOfType(message, "stream_event") && typeof message.event === "object";
}

/** Whether a content block is text. */
export function isTextBlock(block: unknown): block is TextBlock {
  return isOfType(block, "text") && typeof block.text === "string";
}

/** Whether a content block is Claude's reasoning. */
export function isThinkingBlock(block: unknown): block is ThinkingBlock {
  return isOfType(block, "thinking") && typeof block.thinking === "string";
}

/** Whether a content block is a call of a tool. */
export function isToolUseBlock(block: unknown): block is ToolUseBlock {
  return isOfType(block, "tool_use") && typeof block.id === "string" && typeof block.name === "string";
}

/** Whether a content block is the result of a tool. */
export function isToolResultBlock(block: unknown): block is ToolResultBlock {
  return isOfType(block, "tool_result") && typeof block.tool_use_id === "string";
}
