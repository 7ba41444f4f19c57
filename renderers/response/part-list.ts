import { parsePartialJson } from "./partial-json.js";
import type { NoticePart, Part, PartState, ThinkingPart, ToolPart } from "./parts.js";

/** Fields of a part that change while it streams. */
export type PartChange = Partial<
  Omit<ToolPart, "id" | "type" | "children"> &
    Omit<NoticePart, "id" | "type"> &
    Pick<ThinkingPart, "redacted" | "tokens">
>;

/** A part that may still change. Its `part` is a new object after a change, the same one otherwise. */
export interface PartNode {
  readonly part: Part;
  /** What happened under this part, for tools that start subagents. */
  readonly children: PartList;
  change(fields: PartChange): void;
  /** Adds a piece of the tool's input JSON; it is read when somebody looks. */
  appendInput(json: string): void;
}

/** Parts in reading order; `parts` is the same array until one of them changes. */
export interface PartList {
  readonly parts: readonly Part[];
  readonly nodes: readonly PartNode[];
  add(part: Part): PartNode;
}

export function createPartList(onChange: () => void = () => {}): PartList {
  const nodes: PartNode[] = [];
  let parts: readonly Part[] | undefined = [];
  const changed = (): void => {
    parts = undefined;
    onChange();
  };
  return {
    nodes,
    get parts() {
      parts ??= nodes.map((node) => node.part).filter(isVisible);
      return parts;
    },
    add(part) {
      const node = createPartNode(part, changed);
      nodes.push(node);
      changed();
      return node;
    },
  };
}

/** A text that has not begun has nothing to show. */
function isVisible(part: Part): boolean {
  return part.type !== "text" || part.text !== "";
}

function createPartNode(initial: Part, onChange: () => void): PartNode {
  let part = initial;
  let isStale = false;
  let inputJson: string | undefined;
  const changed = (): void => {
    isStale = true;
    onChange();
  };
  const children = createPartList(changed);
  return {
    children,
    get part() {
      if (isStale && part.type === "tool") {
        const input = inputJson === undefined ? part.input : parsePartialJson(inputJson);
        part = { ...part, input, children: children.parts };
      }
      isStale = false;
      return part;
    },
    change(fields) {
      if ("input" in fields) inputJson = undefined;
      part = { ...part, ...fields } as Part;
      changed();
    },
    appendInput(json) {
      inputJson = (inputJson ?? "") + json;
      changed();
    },
  };
}

const OPEN_STATES: readonly PartState[] = ["streaming", "running"];

/** Gives every part that is still open, at any depth, a final state. */
export function closeOpenParts(list: PartList, close: (part: Part) => PartState): void {
  for (const node of list.nodes) {
    closeOpenParts(node.children, close);
    if (OPEN_STATES.includes(node.part.state)) node.change({ state: close(node.part) });
  }
}
