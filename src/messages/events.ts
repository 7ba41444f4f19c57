import { isAssistantMessage, isResultMessage, isStreamEvent, isUserMessage } from "./guards.js";
import type {
  AssistantMessage,
  ContentBlock,
  Message,
  ResultMessage,
  StreamEventMessage,
  ToolUseBlock,
} from "./types.js";

interface Common {
  /** The call of the subagent that it belongs to; null for Claude itself. */
  readonly parent_tool_use_id: string | null;
  /** When it came, as an ISO date. */
  readonly timestamp: string;
}

/** A message stream, flattened: one object for each thing that happens. */
export type FlatEvent = Common &
  (
    | { readonly type: "thinking"; readonly content: string }
    | {
        readonly type: "tool_use";
        readonly tool_use_id: string;
        readonly tool_name: string;
        readonly input: unknown;
      }
    | {
        readonly type: "tool_result";
        readonly tool_use_id: string;
        readonly tool_name: string;
        readonly input: unknown;
        readonly result: unknown;
        readonly success: boolean;
      }
    | { readonly type: "partial_result"; readonly content: string }
    | {
        readonly type: "result";
        /** The last text of the answer; `result` is the same. */
        readonly content: string;
        readonly result: string;
        readonly message: ResultMessage;
      }
    | { readonly type: "error"; readonly error: string; readonly message: ResultMessage }
  );

type Plain = FlatEvent extends infer E ? (E extends Common ? Omit<E, keyof Common> : never) : never;

/**
 * Flattens a stream of messages. Text and thinking come piece by piece while they stream, as a whole otherwise, and never
 * twice: all `partial_result`s together are the text. A tool's result carries the name and input of its call. A turn that
 * ends badly gives `error` in place of `result`.
 *
 * @example
 *     for await (const event of events(query("Count the files"))) {
 *       if (event.type === "tool_result") console.log(event.tool_name, event.success);
 *     }
 */
export async function* events(stream: AsyncIterable<Message>): AsyncGenerator<FlatEvent, void, void> {
  const calls = new Map<string, ToolUseBlock>();
  /** Which answers stream: parent → message id. */
  const streaming = new Map<unknown, unknown>();
  for await (const message of stream) {
    const parent = (message as { parent_tool_use_id?: string | null }).parent_tool_use_id ?? null;
    for (const event of flatten(message, parent, calls, streaming)) {
      yield { ...event, parent_tool_use_id: parent, timestamp: new Date().toISOString() } as FlatEvent;
    }
  }
}

function flatten(
  message: Message,
  parent: string | null,
  calls: Map<string, ToolUseBlock>,
  streaming: Map<unknown, unknown>,
): Plain[] {
  if (isStreamEvent(message)) return streamed(message, parent, streaming);
  if (isAssistantMessage(message)) {
    const isStreamed = message.message.id !== undefined && streaming.get(parent) === message.message.id;
    return whole(message, isStreamed, calls);
  }
  if (isUserMessage(message)) {
    const blocks = typeof message.content === "string" ? [] : message.content;
    return blocks.flatMap((block) => toolResult(block, calls));
  }
  return isResultMessage(message) ? [ending(message)] : [];
}

function streamed(
  { event }: StreamEventMessage,
  parent: string | null,
  streaming: Map<unknown, unknown>,
): Plain[] {
  if (event.type === "message_start") {
    streaming.set(parent, (event.message as { id?: string }).id);
    return [];
  }
  const delta = (event.type === "content_block_delta" ? event.delta : {}) as Readonly<
    Record<string, unknown>
  >;
  if (delta.type === "text_delta") return [{ type: "partial_result", content: String(delta.text) }];
  return delta.type === "thinking_delta" ? [{ type: "thinking", content: String(delta.thinking) }] : [];
}

function whole(message: AssistantMessage, isStreamed: boolean, calls: Map<string, ToolUseBlock>): Plain[] {
  return message.content.flatMap((block): Plain[] => {
    const known = block as Readonly<Record<string, unknown>>;
    if (block.type === "tool_use") {
      const call = block as ToolUseBlock;
      calls.set(call.id, call);
      return [{ type: "tool_use", tool_use_id: call.id, tool_name: call.name, input: call.input }];
    }
    if (isStreamed) return [];
    if (block.type === "text") return [{ type: "partial_result", content: String(known.text) }];
    return block.type === "thinking" ? [{ type: "thinking", content: String(known.thinking) }] : [];
  });
}

function toolResult(block: ContentBlock, calls: Map<string, ToolUseBlock>): Plain[] {
  if (block.type !== "tool_result") return [];
  const { tool_use_id, content, is_error } = block as Readonly<Record<string, unknown>>;
  const call = calls.get(String(tool_use_id));
  return [
    {
      type: "tool_result",
      tool_use_id: String(tool_use_id),
      tool_name: call?.name ?? "",
      input: call?.input,
      result: content,
      success: is_error !== true,
    },
  ];
}

function ending(message: ResultMessage): Plain {
  const text = message.result ?? "";
  if (!message.is_error) return { type: "result", content: text, result: text, message };
  const error = message.errors?.length ? message.errors.join("\n") : text || message.subtype;
  return { type: "error", error, message };
}
