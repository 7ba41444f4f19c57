import { parseMessage } from "../messages/parse-message.js";
import type {
  AssistantMessage,
  ContentBlock,
  ResultMessage,
  StreamEventMessage,
  SystemMessage,
  UserMessage,
} from "../messages/types.js";
import { type Answer, answerEvents, type Pace, wholeAnswer } from "./answer-events.js";
import type { ReplyBlock } from "./reply.js";

const SESSION = "00000000-0000-4000-8000-000000000000";
const MODEL = "claude-scripted";
const common = { session_id: SESSION, parent_tool_use_id: null };

type Extra = Readonly<Record<string, unknown>>;

/** The message that opens a turn. @param extra replaces or adds fields, here as in all builders. */
export function initMessage(extra: Extra = {}): SystemMessage {
  return {
    type: "system",
    subtype: "init",
    session_id: SESSION,
    cwd: "/work",
    tools: ["Bash", "Edit", "Read", "Write"],
    mcp_servers: [],
    model: MODEL,
    permissionMode: "default",
    ...extra,
  };
}

/** What streams while an answer is written, without the whole messages that come in between. */
export function streamEventMessages(
  blocks: readonly ReplyBlock[],
  extra: Extra = {},
  pace: Pace = {},
): StreamEventMessage[] {
  return [...answerEvents(answerOf(blocks), pace)].map((event) => ({
    type: "stream_event",
    event,
    ...common,
    ...extra,
  }));
}

/** A part of Claude's answer. The CLI sends one message for each block. */
export function assistantMessage(blocks: readonly ReplyBlock[], extra: Extra = {}): AssistantMessage {
  const raw = { type: "assistant", message: wholeAnswer(answerOf(blocks)), ...common, ...extra };
  return parseMessage(raw) as AssistantMessage;
}

/** What went to Claude. */
export function userMessage(content: string | readonly ContentBlock[], extra: Extra = {}): UserMessage {
  return parseMessage({
    type: "user",
    message: { role: "user", content },
    ...common,
    ...extra,
  }) as UserMessage;
}

/** What a tool returned. @param extra e.g. `{ tool_use_result: { stdout: "…" } }`. */
export function toolResultMessage(
  toolUseId: string,
  content: string | readonly ContentBlock[],
  extra: Extra & { readonly is_error?: boolean } = {},
): UserMessage {
  const { is_error = false, ...rest } = extra;
  return userMessage([{ type: "tool_result", tool_use_id: toolUseId, content, is_error }], rest);
}

/** The end of a turn. */
export function resultMessage(extra: Extra = {}): ResultMessage {
  return parseMessage({
    type: "result",
    subtype: "success",
    is_error: false,
    session_id: SESSION,
    result: "Done.",
    num_turns: 1,
    duration_ms: 1_000,
    duration_api_ms: 900,
    total_cost_usd: 0.01,
    usage: { input_tokens: 100, output_tokens: 20 },
    permission_denials: [],
    ...extra,
  }) as ResultMessage;
}

function answerOf(blocks: readonly ReplyBlock[]): Answer {
  const usage = { input_tokens: 100, output_tokens: 20 };
  return { id: "msg_scripted", model: MODEL, blocks, usage };
}
