import { isToolUseBlock } from "./guards.js";
import { createPartialJson, type PartialJson } from "./partial-json.js";
import type { AssistantMessage, ContentBlock, StreamDelta, StreamEventMessage } from "./types.js";

/** Puts a streamed answer together. */
export interface AnswerBuilder {
  /** The answer's id; undefined before it has begun. */
  readonly id: string | undefined;
  /** Takes an event; false when it changes nothing that a reader would see. */
  take(message: StreamEventMessage): boolean;
  /** Takes the CLI's own message of finished blocks: the input of a tool as it runs, defaults included. False when that changes nothing. */
  settle(content: readonly ContentBlock[]): boolean;
  /** The answer so far. Blocks that are finished are the same objects in each. */
  snapshot(message: StreamEventMessage | AssistantMessage): AssistantMessage;
}

type Fields = Readonly<Record<string, unknown>>;

/** What each kind of delta adds to which field. */
const textFields: Readonly<Record<string, string>> = {
  text_delta: "text",
  thinking_delta: "thinking",
  signature_delta: "signature",
};

export function createAnswerBuilder(): AnswerBuilder {
  let start: Fields = {};
  let changes: Fields = {};
  let blocks: ContentBlock[] = [];
  const inputs = new Map<number, PartialJson>();

  const addDelta = (index: number, delta: StreamDelta): boolean => {
    const block = blocks[index] as Fields | undefined;
    if (!block) return false;
    const field = textFields[delta.type];
    if (field) {
      blocks[index] = {
        ...block,
        [field]: String(block[field] ?? "") + String((delta as Fields)[field] ?? ""),
      } as ContentBlock;
      return true;
    }
    if (delta.type !== "input_json_delta") return false;
    const input = inputs.get(index) ?? createPartialJson();
    inputs.set(index, input);
    try {
      input.push(String(delta.partial_json));
    } catch {
      // What is no JSON stays as far as it was; the CLI's own message of the block says how it ended.
      return false;
    }
    blocks[index] = { ...block, input: input.snapshot() ?? {} } as ContentBlock;
    return true;
  };

  /** One row for each event that changes the answer. */
  const handlers: Readonly<Record<string, (event: Fields) => boolean>> = {
    message_start(event) {
      start = event.message as Fields;
      changes = {};
      blocks = [];
      inputs.clear();
      return true;
    },
    content_block_start(event) {
      blocks[event.index as number] = event.content_block as ContentBlock;
      inputs.delete(event.index as number);
      return true;
    },
    content_block_delta: (event) => addDelta(event.index as number, event.delta as StreamDelta),
    message_delta(event) {
      const { usage, delta } = event;
      const before = { ...(start.usage as object), ...(changes.usage as object) };
      changes = {
        ...changes,
        ...(delta as object),
        ...(usage ? { usage: { ...before, ...(usage as object) } } : {}),
      };
      return true;
    },
  };

  return {
    get id() {
      return typeof start.id === "string" ? start.id : undefined;
    },
    take({ event }) {
      return Object.hasOwn(handlers, event.type) && handlers[event.type]!(event as Fields);
    },
    settle(content) {
      let changed = false;
      for (const whole of content.filter(isToolUseBlock)) {
        const index = blocks.findIndex((block) => isToolUseBlock(block) && block.id === whole.id);
        if (index === -1) continue;
        blocks[index] = whole;
        changed = true;
      }
      return changed;
    },
    snapshot({ parent_tool_use_id, session_id, uuid }) {
      const content = blocks.filter(Boolean);
      const message = { ...start, ...changes, content };
      return { type: "assistant", message, content, parent_tool_use_id, session_id, uuid };
    },
  };
}
