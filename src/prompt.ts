import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { InvalidOptionsError } from "./errors.js";
import { isTextBlock } from "./messages/guards.js";
import type { ContentBlock } from "./messages/types.js";

/** What a prompt says: text, or blocks of text, images and documents. */
export type PromptContent = string | readonly ContentBlock[];

/** A prompt in the wire's own form. Further fields go to the CLI as they are. */
export interface PromptMessage {
  readonly type: "user";
  readonly message: { readonly role: "user"; readonly content: PromptContent };
  readonly parent_tool_use_id?: string | null | undefined;
  readonly session_id?: string | undefined;
  /** A UUID of your choice: `rewindFiles()` takes it. */
  readonly uuid?: string | undefined;
  readonly [field: string]: unknown;
}

/** One item of a stream of prompts. */
export type PromptItem = PromptContent | PromptMessage;

/** One prompt, or any number of them, sent as they come. */
export type Prompt = PromptContent | AsyncIterable<PromptItem>;

export function isPromptStream(prompt: unknown): prompt is AsyncIterable<PromptItem> {
  return typeof prompt === "object" && prompt !== null && Symbol.asyncIterator in prompt;
}

/** What a prompt says. @throws InvalidOptionsError for what cannot be sent, or says nothing. */
export function contentOf(item: unknown): PromptContent {
  const content = isPromptMessage(item) ? item.message.content : item;
  if (typeof content === "string") {
    if (content.trim() !== "") return content;
    throw new InvalidOptionsError("prompt", item, "The prompt is empty.");
  }
  if (!Array.isArray(content)) {
    const allowed = "text, an array of content blocks, or an async iterable of user messages";
    throw new InvalidOptionsError(
      "prompt",
      item,
      `The prompt must be a string (or ${allowed}), not ${show(item)}.`,
    );
  }
  if (content.length === 0) throw new InvalidOptionsError("prompt", item, "The prompt is empty.");
  const stray = content.findIndex((block) => typeof block?.type !== "string");
  if (stray === -1) return content;
  throw new InvalidOptionsError(
    "prompt",
    item,
    `Block ${stray} of the prompt has no \`type\`: ${show(content[stray])}.`,
  );
}

/** The line that tells the CLI. */
export function promptLine(item: PromptItem): Record<string, unknown> {
  const content = contentOf(item);
  const own = isPromptMessage(item) ? item : { type: "user", message: { role: "user", content } };
  return { parent_tool_use_id: null, session_id: "", ...own };
}

/** A prompt with a `uuid`, by which it is found again: its own if it has one. */
export function withId(item: PromptItem): PromptMessage & { readonly uuid: string } {
  const own = { type: "user", message: { role: "user", content: contentOf(item) } } as const;
  const given = isPromptMessage(item) ? item : undefined;
  return { ...own, ...given, uuid: given?.uuid ?? randomUUID() };
}

/** What of a prompt can be shown as text; "" when it is only images. */
export function promptText(content: PromptContent): string {
  if (typeof content === "string") return content;
  return content.flatMap((block) => (isTextBlock(block) ? [block.text] : [])).join("\n\n");
}

function isPromptMessage(item: unknown): item is PromptMessage {
  const message = (item as { message?: unknown } | null)?.message;
  return typeof message === "object" && message !== null && "content" in message;
}

function show(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).slice(0, 120);
}
