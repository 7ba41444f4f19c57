import type { Message } from "../../src/messages/types.js";
import { numberField, stringField } from "../panels/read-value.js";
import type { PartList, PartNode } from "./part-list.js";

/** Hooks that have something to say: those that print or fail. A hook that does its work in silence is not told. */
export interface Hooks {
  /** Takes `hook_started`, `hook_progress` and `hook_response`. */
  apply(message: Message): void;
}

export function createHooks(root: PartList, nextId: () => string): Hooks {
  const nodes = new Map<string, PartNode>();
  return {
    apply(message) {
      const id = stringField(message, "hook_id") ?? "";
      const outcome = stringField(message, "outcome");
      const output = printed(message);
      const failed = outcome === "error" || outcome === "cancelled";
      if (!nodes.has(id) && output === "" && !failed) return;
      const node = nodes.get(id) ?? root.add({ ...NOTICE, id: nextId(), title: nameOf(message) });
      nodes.set(id, node);
      node.change({
        ...(output === "" ? {} : { output }),
        ...(outcome === undefined ? {} : { state: failed ? "failed" : "done" }),
        ...(failed ? { level: "warning", title: `${nameOf(message)} ${failure(message, outcome)}` } : {}),
      });
    },
  };
}

const NOTICE = { type: "notice", state: "running", level: "info", text: "" } as const;

function nameOf(message: Message): string {
  return `Hook ${stringField(message, "hook_name") ?? stringField(message, "hook_event") ?? ""}`.trim();
}

function failure(message: Message, outcome: string | undefined): string {
  const code = numberField(message, "exit_code");
  if (outcome === "cancelled") return "was cancelled";
  return code === undefined ? "failed" : `failed with exit code ${code}`;
}

function printed(message: Message): string {
  const output = stringField(message, "output") ?? "";
  const both = [stringField(message, "stdout"), stringField(message, "stderr")].filter(Boolean).join("\n");
  return (output || both).trim();
}
