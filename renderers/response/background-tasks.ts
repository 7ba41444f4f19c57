import type { Message } from "../../src/messages/types.js";
import { fieldOf, numberField, stringField } from "../panels/read-value.js";
import type { PartList, PartNode } from "./part-list.js";
import type { BackgroundTask } from "./parts.js";
import type { ToolCalls } from "./tool-calls.js";

/** Words of the CLI for how a task stands. */
const STATUS: Readonly<Record<string, BackgroundTask["status"]>> = {
  pending: "running",
  running: "running",
  paused: "running",
  completed: "done",
  failed: "failed",
  killed: "stopped",
  stopped: "stopped",
};

/** Work that outlives the call that started it; told under that call, or as a notice when the call is not known. */
export interface BackgroundTasks {
  /** Takes `task_started`, `task_progress`, `task_updated` and `task_notification`. */
  apply(message: Message): void;
}

export function createBackgroundTasks(
  root: PartList,
  tools: ToolCalls,
  nextId: () => string,
): BackgroundTasks {
  const nodes = new Map<string, PartNode>();

  const nodeOf = (message: Message, id: string): PartNode => {
    const known = nodes.get(id) ?? tools.find(fieldOf(message, "tool_use_id"));
    const node =
      known ?? root.add({ ...NOTICE, id: nextId(), text: stringField(message, "description") ?? "" });
    nodes.set(id, node);
    return node;
  };

  return {
    apply(message) {
      const id = stringField(message, "task_id");
      // Tasks of the CLI's own housekeeping are none of the reader's.
      if (id === undefined || fieldOf(message, "ambient") === true) return;
      const node = nodeOf(message, id);
      const change = readTask(message, id);
      if (node.part.type === "tool") {
        node.change({ task: { status: "running", ...node.part.task, ...change } });
        return;
      }
      const state = change.status === undefined || change.status === "running" ? "running" : change.status;
      node.change({
        state: state === "stopped" ? "interrupted" : state,
        ...(state === "failed" ? { level: "warning" } : {}),
        ...(change.summary ? { text: change.summary } : {}),
      });
    },
  };
}

const NOTICE = { type: "notice", state: "running", level: "info", title: "Background task" } as const;

/** What a message says about its task; fields that it does not name are left out. */
function readTask(message: Message, id: string): Partial<BackgroundTask> & { readonly id: string } {
  const patch = fieldOf(message, "patch");
  const usage = fieldOf(message, "usage");
  const status = STATUS[stringField(message, "status") ?? stringField(patch, "status") ?? ""];
  const summary = stringField(message, "summary") || stringField(patch, "error");
  const toolUses = numberField(usage, "tool_uses");
  const tokens = numberField(usage, "total_tokens");
  return {
    id,
    ...(status ? { status } : {}),
    ...(summary ? { summary } : {}),
    ...(toolUses === undefined ? {} : { toolUses }),
    ...(tokens === undefined ? {} : { tokens }),
  };
}
