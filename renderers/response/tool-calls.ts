import type { ToolResultBlock } from "../../src/messages/types.js";
import type { PartList, PartNode } from "./part-list.js";
import type { PartState } from "./parts.js";

/** The name of a tool of which only a result or a subagent's message is known. */
const UNKNOWN_TOOL = "Tool";

/** What Claude Code writes as the result of a tool that the user stopped. */
const INTERRUPTED = /^\[Request interrupted by user/;

/** The tool calls of a response, found by their id. */
export interface ToolCalls {
  /** The call with this id; a new part of `list` when it is not known yet. */
  open(list: PartList, id: string, name: string): PartNode;
  /** The call with this id, when it is known. */
  find(id: unknown): PartNode | undefined;
  /** The input is complete: the tool runs from now. */
  run(node: PartNode, atMs: number | undefined): void;
  /** A result came; `structured` is the CLI's own form of it. */
  finish(list: PartList, block: ToolResultBlock, structured: unknown, atMs: number | undefined): void;
}

export function createToolCalls(nextId: () => string): ToolCalls {
  const nodes = new Map<string, PartNode>();
  const startedAtMs = new WeakMap<PartNode, number>();

  const open = (list: PartList, id: string, name: string): PartNode => {
    const known = id === "" ? undefined : nodes.get(id);
    if (known) {
      if (name && known.part.type === "tool" && known.part.name === UNKNOWN_TOOL) known.change({ name });
      return known;
    }
    const part = {
      id: nextId(),
      type: "tool",
      state: "streaming",
      name: name || UNKNOWN_TOOL,
      input: undefined,
    } as const;
    const node = list.add({ ...part, children: [] });
    if (id !== "") nodes.set(id, node);
    return node;
  };

  return {
    open,
    find: (id) => (typeof id === "string" ? nodes.get(id) : undefined),
    run(node, atMs) {
      node.change({ state: "running" });
      if (atMs !== undefined) startedAtMs.set(node, atMs);
    },
    finish(list, block, structured, atMs) {
      const node = open(list, block.tool_use_id, "");
      const isError = block.is_error === true;
      const started = startedAtMs.get(node);
      node.change({
        state: finalState(block.content, structured, isError),
        result: { content: block.content, isError, ...(structured === undefined ? {} : { structured }) },
        durationMs: atMs === undefined || started === undefined ? undefined : atMs - started,
      });
    },
  };
}

function finalState(content: unknown, structured: unknown, isError: boolean): PartState {
  const wasStopped = (structured as { interrupted?: unknown } | null | undefined)?.interrupted === true;
  if (wasStopped || (isError && typeof content === "string" && INTERRUPTED.test(content)))
    return "interrupted";
  return isError ? "failed" : "done";
}
