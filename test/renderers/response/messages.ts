import type { Message } from "../../../src/messages/types.js";
import { markOrigin } from "../../../src/origin.js";

/** A turn's messages as the CLI writes them, for tests: one function a line. */
type Fields = Readonly<Record<string, unknown>>;

export function assistant(block: Fields, fields: Fields = {}): Message {
  const content = [block];
  return {
    type: "assistant",
    message: { id: "msg_1", model: "claude-test", content },
    content,
    parent_tool_use_id: null,
    ...fields,
  } as unknown as Message;
}

export function streamEvent(event: Fields, parent: string | null = null): Message {
  return { type: "stream_event", event, parent_tool_use_id: parent } as unknown as Message;
}

export function toolResult(id: string, content: unknown, fields: Fields = {}): Message {
  const { is_error, ...rest } = fields;
  const blocks = [{ type: "tool_result", tool_use_id: id, content, ...(is_error ? { is_error } : {}) }];
  return {
    type: "user",
    message: { role: "user", content: blocks },
    content: blocks,
    ...rest,
  } as unknown as Message;
}

export function result(fields: Fields = {}): Message {
  return {
    type: "result",
    subtype: "success",
    is_error: false,
    num_turns: 2,
    duration_ms: 1500,
    total_cost_usd: 0.01,
    result: "done",
    ...fields,
  } as unknown as Message;
}

export const start = (id = "msg_1"): Message => streamEvent({ type: "message_start", message: { id } });
export const blockStart = (index: number, content_block: Fields): Message =>
  streamEvent({ type: "content_block_start", index, content_block });
export const delta = (index: number, fields: Fields): Message =>
  streamEvent({ type: "content_block_delta", index, delta: fields });
export const stop = (index: number): Message => streamEvent({ type: "content_block_stop", index });

/** Marks messages as those of one replayed query, `stepMs` apart. */
export function withTimes(messages: readonly Message[], stepMs: number): Message[] {
  const query = { id: "q", prompt: "p", replayed: true, context: undefined };
  return messages.map((message, i) => markOrigin({ ...message }, { query, atMs: i * stepMs }) as Message);
}

/** A turn with thinking, text, a tool and a second text; `partial` adds the stream events. */
export function exampleTurn(partial: boolean): Message[] {
  const events = (messages: readonly Message[]): readonly Message[] => (partial ? messages : []);
  return [
    { type: "system", subtype: "init", model: "claude-test" } as Message,
    ...events([
      start(),
      blockStart(0, { type: "thinking", thinking: "" }),
      delta(0, { type: "thinking_delta", thinking: "Let me " }),
      delta(0, { type: "thinking_delta", thinking: "think." }),
      delta(0, { type: "signature_delta", signature: "s" }),
    ]),
    assistant({ type: "thinking", thinking: "Let me think.", signature: "s" }),
    ...events([
      stop(0),
      blockStart(1, { type: "text", text: "" }),
      delta(1, { type: "text_delta", text: "I will " }),
      delta(1, { type: "text_delta", text: "look." }),
    ]),
    assistant({ type: "text", text: "I will look." }),
    ...events([
      stop(1),
      blockStart(2, { type: "tool_use", id: "t1", name: "Bash", input: {} }),
      delta(2, { type: "input_json_delta", partial_json: '{"command": "ls' }),
      delta(2, { type: "input_json_delta", partial_json: ' -la"}' }),
    ]),
    assistant({ type: "tool_use", id: "t1", name: "Bash", input: { command: "ls -la" } }),
    ...events([
      stop(2),
      streamEvent({ type: "message_delta", delta: { stop_reason: "tool_use" } }),
      streamEvent({ type: "message_stop" }),
    ]),
    toolResult("t1", "file.txt", { tool_use_result: { stdout: "file.txt", stderr: "", interrupted: false } }),
    ...events([
      start("msg_2"),
      blockStart(0, { type: "text", text: "" }),
      delta(0, { type: "text_delta", text: "Done." }),
    ]),
    assistant({ type: "text", text: "Done." }, { message: { id: "msg_2", content: [] } }),
    ...events([stop(0)]),
    result({ usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 90 } }),
  ];
}
