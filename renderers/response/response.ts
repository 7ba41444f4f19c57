import { randomUUID } from "node:crypto";
import { ClaudeSDKError } from "../../src/errors.js";
import type {
  AssistantMessage,
  ContentBlock,
  Message,
  OtherMessage,
  ResultMessage,
  StreamDelta,
  StreamEventMessage,
  SystemMessage,
  ToolResultBlock,
  UserMessage,
} from "../../src/messages/types.js";
import { originOf } from "../../src/origin.js";
import { fieldOf } from "../panels/read-value.js";
import { type AnswerScope, createAnswerScope } from "./answer-scope.js";
import { createBackgroundTasks } from "./background-tasks.js";
import { footerOf, sessionOf } from "./footer.js";
import { createHooks } from "./hooks.js";
import { kindOf, NEWS } from "./news.js";
import {
  denialNotice,
  errorNotice,
  type Notice,
  resultNotice,
  retryNotice,
  serverNotice,
  stopNotice,
} from "./notices.js";
import { closeOpenParts, createPartList, type PartList, type PartNode } from "./part-list.js";
import type { Part, SessionInfo } from "./parts.js";
import { createTaskPlan } from "./task-plan.js";
import { createToolCalls } from "./tool-calls.js";

/** A response that grows with the messages of a turn. */
export interface Response {
  readonly id: string;
  /** What there is to show, in reading order: a new array after a change; unchanged parts keep their identity. */
  readonly parts: readonly Part[];
  /** True once the turn has ended, in whatever way; another turn of the same conversation makes it false again. */
  readonly done: boolean;
  readonly result: ResultMessage | undefined;
  /** The model, once the CLI has named it. */
  readonly model: string | undefined;
  /** Adds a message. Unknown kinds and wrong shapes are passed over; nothing is thrown. */
  apply(message: Message): void;
  /** The turn failed: open parts become failed, an error notice says why. */
  fail(error: unknown): void;
  /** The turn was stopped: open parts become interrupted, a notice says so. */
  interrupt(): void;
  /** No message follows: what is open is closed. */
  end(): void;
}

/** Text that the CLI puts into the conversation when the user stops it. */
const INTERRUPTION = /^\[Request interrupted by user/;

/** The model name of answers that the CLI itself wrote, such as API errors. */
const SYNTHETIC_MODEL = "<synthetic>";

/** The fields of all stream events; which of them there are depends on the type, see {@link isStreamEvent}. */
interface StreamEventFields {
  readonly type: string;
  readonly index?: number;
  readonly message?: { readonly id?: string };
  readonly content_block: ContentBlock;
  readonly delta: StreamDelta;
}

/**
 * Turns the messages of a turn into parts. The same messages give the same parts, live, replayed or read from a file,
 * with partial messages or without (but for the time that thinking took, which only partial messages tell).
 */
export function createResponse(options: { readonly id?: string } = {}): Response {
  const root = createPartList();
  let count = 0;
  const nextId = (): string => `part-${++count}`;
  const tools = createToolCalls(nextId);
  const scopes = new Map<string, AnswerScope>();
  const seen = new Set<string>();
  let synthetic: string[] = [];
  const tasks = createBackgroundTasks(root, tools, nextId);
  const hooks = createHooks(root, nextId);
  const plan = createTaskPlan();
  const refusals = new Map<string, string>();
  const told = new Set<string>();
  let session: SessionInfo | undefined;
  let lastAnswer: AssistantMessage | undefined;
  let compaction: PartNode | undefined;
  let retry: PartNode | undefined;
  let isInterrupted = false;
  let done = false;
  let result: ResultMessage | undefined;
  let model: string | undefined;

  const listOf = (parent: string | null | undefined): PartList =>
    parent ? tools.open(root, parent, "").children : root;
  const scopeOf = (parent: string | null | undefined): AnswerScope => {
    const known = scopes.get(parent ?? "");
    if (known) return known;
    const scope = createAnswerScope(listOf(parent), tools, nextId);
    scopes.set(parent ?? "", scope);
    return scope;
  };
  const addNotice = (notice: Notice): PartNode =>
    root.add({ id: nextId(), type: "notice", state: "done", ...notice });

  /** Claude says something, so a retry has succeeded. */
  const endRetry = (state: "done" | "failed"): void => {
    retry?.change({ state, level: state === "done" ? "info" : "warning" });
    retry = undefined;
  };
  const flushSynthetic = (shownElsewhere: string): void => {
    for (const text of synthetic) {
      if (!shownElsewhere.includes(text)) root.add({ id: nextId(), type: "text", state: "done", text });
    }
    synthetic = [];
  };
  const close = (state: "done" | "failed" | "interrupted"): void => {
    closeOpenParts(root, (part) => (state === "done" && part.type === "tool" ? "interrupted" : state));
    done = true;
  };
  const startTurn = (init: SystemMessage): void => {
    session = sessionOf(init);
    model = session.model ?? model;
    done = false;
    isInterrupted = false;
    const missing = serverNotice(session.mcpServers);
    if (missing) tell(missing);
  };
  /** The same news again, as on each turn of a conversation, is said once. */
  const tell = (notice: Notice): void => {
    const key = JSON.stringify(notice);
    if (told.has(key)) return;
    told.add(key);
    addNotice(notice);
  };
  const endCompaction = (state: "done" | "failed"): void => {
    compaction?.change({ state });
    compaction = undefined;
  };
  const interrupt = (): void => {
    if (isInterrupted) return;
    flushSynthetic("");
    close("interrupted");
    isInterrupted = true;
    addNotice({
      level: "warning",
      title: "Interrupted",
      text: "The answer was stopped before it was finished.",
    });
  };

  /** Handlers by kind, see {@link kindOf}; what is not here may be in {@link NEWS}. */
  const handlers: Readonly<Record<string, (message: never, atMs: number | undefined) => void>> = {
    init: startTurn,
    api_retry(message: SystemMessage) {
      const notice = retryNotice(message);
      if (retry) retry.change(notice);
      else retry = root.add({ id: nextId(), type: "notice", state: "running", ...notice });
    },
    status(message: SystemMessage) {
      const failure = message.compact_result === "failed" ? String(message.compact_error ?? "") : undefined;
      if (message.status === "compacting" && !compaction) {
        const notice = { level: "info", title: "Compacting the conversation", text: "" } as const;
        compaction = root.add({ id: nextId(), type: "notice", state: "running", ...notice });
      } else if (message.status !== "compacting") endCompaction(failure === undefined ? "done" : "failed");
      if (failure !== undefined)
        addNotice({ level: "warning", title: "The conversation could not be compacted", text: failure });
    },
    compact_boundary(message: SystemMessage) {
      const notice = NEWS.compact_boundary!(message)!;
      if (!compaction) addNotice(notice);
      else compaction.change({ ...notice, state: "done" });
      compaction = undefined;
    },
    local_command_output(message: SystemMessage) {
      const text = typeof message.content === "string" ? message.content.trim() : "";
      if (text !== "") root.add({ id: nextId(), type: "text", state: "done", text });
    },
    permission_denied(message: SystemMessage) {
      tools.find(message.tool_use_id)?.change({ denied: true });
      const reason = message.decision_reason ?? message.message;
      if (typeof reason === "string" && typeof message.tool_use_id === "string")
        refusals.set(message.tool_use_id, reason);
    },
    tool_progress(message: OtherMessage) {
      const node = tools.find(message.tool_use_id);
      const seconds = message.elapsed_time_seconds;
      if (node?.part.state === "running" && typeof seconds === "number")
        node.change({ durationMs: seconds * 1000 });
    },
    thinking_tokens({ estimated_tokens: tokens }: SystemMessage) {
      const node = root.nodes.findLast(({ part }) => part.type === "thinking");
      if (node && typeof tokens === "number") node.change({ tokens });
    },
    task_started: tasks.apply,
    task_progress: tasks.apply,
    task_updated: tasks.apply,
    task_notification: tasks.apply,
    hook_started: hooks.apply,
    hook_progress: hooks.apply,
    hook_response: hooks.apply,
    assistant(message: AssistantMessage, atMs) {
      const { id, model: author } = message.message;
      if (author === SYNTHETIC_MODEL) {
        synthetic.push(...textsOf(message.content));
        return;
      }
      endRetry("done");
      if (!message.parent_tool_use_id) lastAnswer = message;
      const scope = scopeOf(message.parent_tool_use_id);
      for (const block of message.content) scope.confirmBlock(id, block, atMs);
    },
    stream_event({ event, parent_tool_use_id }: StreamEventMessage, atMs) {
      endRetry("done");
      const scope = scopeOf(parent_tool_use_id);
      const { type, index = 0, message, content_block, delta } = event as StreamEventFields;
      if (type === "message_start") scope.startMessage(message?.id);
      if (type === "content_block_start") scope.startBlock(index, content_block, atMs);
      if (type === "content_block_delta") scope.applyDelta(index, delta, atMs);
      if (type === "content_block_stop") scope.stopBlock(index, atMs);
    },
    user(message: UserMessage, atMs) {
      const blocks = typeof message.content === "string" ? [] : message.content;
      const results = blocks.filter((block): block is ToolResultBlock => block.type === "tool_result");
      const structured = results.length === 1 ? message.tool_use_result : undefined;
      for (const block of results) {
        tools.finish(listOf(message.parent_tool_use_id), block, structured, atMs);
        const node = tools.find(block.tool_use_id);
        const items = node?.part.type === "tool" ? plan.after(node.part) : undefined;
        if (items) node!.change({ plan: items });
      }
      const texts = typeof message.content === "string" ? [message.content] : textsOf(blocks);
      if (!message.parent_tool_use_id && texts.some((text) => INTERRUPTION.test(text))) interrupt();
    },
    result(message: ResultMessage) {
      result = message;
      const failure = message.is_error && !isInterrupted ? resultNotice(message) : undefined;
      flushSynthetic(failure?.text ?? "");
      endRetry(failure ? "failed" : "done");
      close(isInterrupted ? "interrupted" : "done");
      endCompaction("done");
      const denials = Array.isArray(message.permission_denials) ? message.permission_denials : [];
      for (const denial of denials) tools.find(fieldOf(denial, "tool_use_id"))?.change({ denied: true });
      const denied = denialNotice(denials, [...refusals.values()]);
      for (const notice of [failure, failure ? undefined : stopNotice(message), denied]) {
        if (notice) addNotice(notice);
      }
      refusals.clear();
      root.add(footerOf(message, nextId(), { session, lastAnswer }));
    },
  };

  return {
    id: options.id ?? randomUUID(),
    get parts() {
      return root.parts;
    },
    get done() {
      return done;
    },
    get result() {
      return result;
    },
    get model() {
      return model;
    },
    apply(message) {
      if (typeof message !== "object" || message === null || isRepeated(message, seen)) return;
      const kind = kindOf(message);
      if (!isWellFormed(message)) return;
      if (Object.hasOwn(handlers, kind)) handlers[kind]!(message as never, originOf(message)?.atMs);
      else if (Object.hasOwn(NEWS, kind)) {
        const notice = NEWS[kind]!(message);
        if (notice) tell(notice);
      }
    },
    fail(error) {
      const notice = errorNotice(error);
      flushSynthetic(notice.text);
      close("failed");
      // The result's own notice already said it.
      if (result?.is_error && ClaudeSDKError.isInstance(error) && error.code === "result_error") return;
      addNotice(notice);
    },
    interrupt() {
      if (!done) interrupt();
    },
    end() {
      flushSynthetic("");
      close("done");
    },
  };
}

function textsOf(blocks: readonly ContentBlock[]): string[] {
  return blocks.flatMap((block) => (block.type === "text" && "text" in block ? [String(block.text)] : []));
}

/** The CLI gives each line an id of its own; the same id again is the same line again. */
function isRepeated(message: Message, seen: Set<string>): boolean {
  const uuid = (message as { uuid?: unknown }).uuid;
  if (typeof uuid !== "string") return false;
  if (seen.has(uuid)) return true;
  seen.add(uuid);
  return false;
}

/** Shapes that the SDK checks at its edge, but hand-made and stored messages may lack. */
function isWellFormed(message: Message): boolean {
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
