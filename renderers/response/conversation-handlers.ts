import type {
  AssistantMessage,
  ContentBlock,
  ResultMessage,
  StreamDelta,
  StreamEventMessage,
  ToolResultBlock,
  UserMessage,
} from "../../src/messages/types.js";
import { fieldOf } from "../panels/read-value.js";
import { footerOf } from "./footer.js";
import { denialNotice, resultNotice, stopNotice } from "./notices.js";
import type { Handle } from "./system-handlers.js";
import { textsOf } from "./turn.js";

/** Text that the CLI puts into the conversation when the user stops it. */
const INTERRUPTION = /^\[Request interrupted by user/;

/** The model name of answers that the CLI itself wrote, such as API errors. */
const SYNTHETIC_MODEL = "<synthetic>";

/** Whether a user's message begins a turn: what the user wrote, not what tools returned, the CLI added or a subagent was asked. */
function isPrompt({ content, parent_tool_use_id, isReplay, isSynthetic }: UserMessage): boolean {
  if (parent_tool_use_id || isReplay || isSynthetic) return false;
  if (typeof content === "string") return !INTERRUPTION.test(content);
  const isResult = content.some(({ type }) => type === "tool_result");
  return !isResult && !textsOf(content).some((text) => INTERRUPTION.test(text));
}

/** The fields of all stream events; which of them there are depends on the type, see `well-formed.ts`. */
interface StreamEventFields {
  readonly type: string;
  readonly index?: number;
  readonly message?: { readonly id?: string };
  readonly content_block: ContentBlock;
  readonly delta: StreamDelta;
}

/** The conversation itself, by type of message. */
export const CONVERSATION_HANDLERS: Readonly<Record<string, Handle>> = {
  assistant(turn, message: AssistantMessage, atMs) {
    const { id, model: author } = message.message;
    if (author === SYNTHETIC_MODEL) {
      turn.holdSynthetic(textsOf(message.content));
      return;
    }
    turn.retries.end("done");
    if (!message.parent_tool_use_id) turn.lastAnswer = message;
    const scope = turn.scopeOf(message.parent_tool_use_id);
    const nodes = message.content.flatMap((block) => scope.confirmBlock(id, block, atMs) ?? []);
    turn.retractions.note(message, nodes);
  },
  stream_event(turn, { event, parent_tool_use_id }: StreamEventMessage, atMs) {
    turn.retries.end("done");
    const scope = turn.scopeOf(parent_tool_use_id);
    const { type, index = 0, message, content_block, delta } = event as StreamEventFields;
    if (type === "message_start") scope.startMessage(message?.id);
    if (type === "content_block_start") scope.startBlock(index, content_block, atMs);
    if (type === "content_block_delta") scope.applyDelta(index, delta, atMs);
    if (type === "content_block_stop") scope.stopBlock(index, atMs);
  },
  user(turn, message: UserMessage, atMs) {
    const { tools, plan } = turn;
    if (isPrompt(message)) turn.isInterrupted = false;
    const blocks = typeof message.content === "string" ? [] : message.content;
    const results = blocks.filter((block): block is ToolResultBlock => block.type === "tool_result");
    const structured = results.length === 1 ? message.tool_use_result : undefined;
    for (const block of results) {
      tools.finish(turn.listOf(message.parent_tool_use_id), block, structured, atMs);
      const node = tools.find(block.tool_use_id);
      const items = node?.part.type === "tool" ? plan.after(node.part) : undefined;
      if (items) node!.change({ plan: items });
    }
    turn.retractions.note(
      message,
      results.flatMap((block) => tools.find(block.tool_use_id) ?? []),
    );
    const texts = typeof message.content === "string" ? [message.content] : textsOf(blocks);
    if (!message.parent_tool_use_id && texts.some((text) => INTERRUPTION.test(text))) turn.interrupt();
  },
  result(turn, message: ResultMessage) {
    turn.result = message;
    const failure = message.is_error && !turn.isInterrupted ? resultNotice(message) : undefined;
    turn.flushSynthetic(failure?.text ?? "");
    turn.retries.end(failure ? "failed" : "done");
    turn.close(turn.isInterrupted ? "interrupted" : "done");
    turn.endCompaction("done");
    const denials = Array.isArray(message.permission_denials) ? message.permission_denials : [];
    for (const denial of denials) turn.tools.find(fieldOf(denial, "tool_use_id"))?.change({ denied: true });
    const denied = denialNotice(denials, [...turn.refusals.values()]);
    for (const notice of [failure, failure ? undefined : stopNotice(message), denied]) {
      if (notice) turn.addNotice(notice);
    }
    turn.refusals.clear();
    turn.root.add(footerOf(message, turn.nextId(), turn));
  },
};
