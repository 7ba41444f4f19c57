import type { Message } from "../../src/messages/types.js";

/** Shapes that the SDK checks at its edge, but hand-made and stored messages may lack. */
export function isWellFormed(message: Message): boolean {
  const { type, content, event, message: inner } = message as Record<string, unknown>;
  const isBlocks =
    Array.isArray(content) && content.every((block) => typeof block === "object" && block !== null);
  if (type === "assistant") return isBlocks && typeof inner === "object" && inner !== null;
  if (type === "user") return isBlocks || typeof content === "string";
  if (type === "stream_event") return isStreamEvent(event);
  return true;
}

function isStreamEvent(event: unknown): boolean {
  if (typeof event !== "object" || event === null) return false;
  const { type, content_block, delta } = event as Record<string, unknown>;
  const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
  if (type === "content_block_start") return isObject(content_block);
  return type !== "content_block_delta" || isObject(delta);
}
