import { markOrigin, originOf } from "../origin.js";
import { type AnswerBuilder, createAnswerBuilder } from "./answer-builder.js";
import { isAssistantMessage, isStreamEvent } from "./guards.js";
import type { AssistantMessage, ContentBlock, Message } from "./types.js";

/**
 * Turns a stream of messages into snapshots: after every piece, the whole answer so far as an assistant message. A tool's
 * input fills in while its JSON streams. Stream events and the CLI's messages of single blocks are merged into these, all
 * other messages pass: what is shown by replacing the snapshot of the same `message.id` is shown once.
 *
 * @example
 *     for await (const message of accumulate(query("Write a haiku"))) {
 *       if (isAssistantMessage(message)) show(message.message.id, message.content);
 *     }
 */
export async function* accumulate(stream: AsyncIterable<Message>): AsyncGenerator<Message, void, void> {
  /** The answer that streams, for Claude and for each subagent. */
  const builders = new Map<unknown, AnswerBuilder>();
  /** The blocks of answers that do not stream, by their id. */
  const blocks = new Map<string, readonly ContentBlock[]>();
  for await (const message of stream) {
    if (isStreamEvent(message)) {
      const parent = message.parent_tool_use_id ?? null;
      const builder = builders.get(parent) ?? createAnswerBuilder();
      builders.set(parent, builder);
      if (builder.take(message)) yield withOrigin(builder.snapshot(message), message);
    } else if (isAssistantMessage(message)) {
      const { id } = message.message;
      const builder = builders.get(message.parent_tool_use_id ?? null);
      if (builder && id !== undefined && builder.id === id) {
        if (builder.settle(message.content)) yield withOrigin(builder.snapshot(message), message);
        continue;
      }
      const content = [...((id !== undefined && blocks.get(id)) || []), ...message.content];
      if (id !== undefined) blocks.set(id, content);
      const whole: AssistantMessage = { ...message, message: { ...message.message, content }, content };
      yield withOrigin(whole, message);
    } else yield message;
  }
}

function withOrigin(snapshot: AssistantMessage, source: Message): AssistantMessage {
  const origin = originOf(source);
  return origin ? markOrigin(snapshot, origin) : snapshot;
}
