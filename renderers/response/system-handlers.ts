import type { Message, OtherMessage, SystemMessage } from "../../src/messages/types.js";
import { NEWS } from "./news.js";
import type { Turn } from "./turn.js";

/** What a kind of message does to the turn. @param atMs when it came, in milliseconds since the turn began */
export type Handle = (turn: Turn, message: never, atMs: number | undefined) => void;

const applyTask: Handle = ({ tasks }, message: Message) => tasks.apply(message);
const applyHook: Handle = ({ hooks }, message: Message) => hooks.apply(message);

/** Messages of the CLI about itself that do more than to be told (for these see `news.ts`), by kind. */
export const SYSTEM_HANDLERS: Readonly<Record<string, Handle>> = {
  init: (turn, message: SystemMessage) => turn.start(message),
  api_retry: (turn, message: SystemMessage) => turn.retries.apply(message),
  turn_setting(turn, { context }: SystemMessage) {
    // Attempts of one turn begin alike.
    const isShown = turn.root.parts.some((part) => part.type === "view" && part.view === "context");
    if (typeof context !== "string" || context === "" || isShown) return;
    turn.root.add({
      id: turn.nextId(),
      type: "view",
      state: "done",
      view: "context",
      data: { text: context },
    });
  },
  status(turn, message: SystemMessage) {
    const failure = message.compact_result === "failed" ? String(message.compact_error ?? "") : undefined;
    if (message.status === "compacting" && !turn.compaction) {
      const notice = { level: "info", title: "Compacting the conversation", text: "" } as const;
      turn.compaction = turn.root.add({ id: turn.nextId(), type: "notice", state: "running", ...notice });
    } else if (message.status !== "compacting") turn.endCompaction(failure === undefined ? "done" : "failed");
    if (failure !== undefined)
      turn.addNotice({ level: "warning", title: "The conversation could not be compacted", text: failure });
  },
  compact_boundary(turn, message: SystemMessage) {
    const notice = NEWS.compact_boundary!(message)!;
    if (!turn.compaction) turn.addNotice(notice);
    else turn.compaction.change({ ...notice, state: "done" });
    turn.compaction = undefined;
  },
  local_command_output(turn, message: SystemMessage) {
    const text = typeof message.content === "string" ? message.content.trim() : "";
    if (text !== "") turn.addText(text);
  },
  model_refusal_fallback(turn, message: SystemMessage) {
    turn.retractions.apply(message);
    turn.tell(NEWS.model_refusal_fallback!(message)!);
  },
  permission_denied({ tools, refusals }, message: SystemMessage) {
    tools.find(message.tool_use_id)?.change({ denied: true });
    const reason = message.decision_reason ?? message.message;
    if (typeof reason === "string" && typeof message.tool_use_id === "string")
      refusals.set(message.tool_use_id, reason);
  },
  tool_progress({ tools }, message: OtherMessage) {
    const node = tools.find(message.tool_use_id);
    const seconds = message.elapsed_time_seconds;
    if (node?.part.state === "running" && typeof seconds === "number")
      node.change({ durationMs: seconds * 1000 });
  },
  thinking_tokens({ root }, { estimated_tokens: tokens }: SystemMessage) {
    const node = root.nodes.findLast(({ part }) => part.type === "thinking");
    if (node && typeof tokens === "number") node.change({ tokens });
  },
  task_started: applyTask,
  task_progress: applyTask,
  task_updated: applyTask,
  task_notification: applyTask,
  hook_started: applyHook,
  hook_progress: applyHook,
  hook_response: applyHook,
};
