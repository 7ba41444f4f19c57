import type { Message } from "../../src/messages/types.js";
import { arrayField, stringField } from "../panels/read-value.js";
import type { PartList, PartNode } from "./part-list.js";

/**
 * What the API takes back: when a model refuses in the middle of an answer and another one goes on, the CLI names the messages
 * that are not part of the conversation any more. They are marked, not removed: the reader has seen them.
 */
export interface Retractions {
  /** Notes that a message made or completed these parts. */
  note(message: Message, nodes: readonly PartNode[]): void;
  /** Takes `model_refusal_fallback`. */
  apply(message: Message): void;
}

export function createRetractions(root: PartList): Retractions {
  const nodesOf = new Map<string, readonly PartNode[]>();
  return {
    note(message, nodes) {
      const uuid = stringField(message, "uuid");
      if (uuid !== undefined && nodes.length > 0) nodesOf.set(uuid, nodes);
    },
    apply(message) {
      const named = arrayField(message, "retracted_message_uuids") ?? [];
      const nodes = named.flatMap((uuid) => nodesOf.get(String(uuid)) ?? []);
      for (const node of new Set([...nodes, ...openNodes(message, root)])) {
        const isOpen = node.part.state === "streaming" || node.part.state === "running";
        node.change({ retracted: true, ...(isOpen ? { state: "interrupted" } : {}) });
      }
    },
  };
}

/** What was still being written when the session's own model refused will not be finished. */
function openNodes(message: Message, root: PartList): readonly PartNode[] {
  if (stringField(message, "scope") === "local") return [];
  return root.nodes.filter(({ part }) => part.type !== "notice" && part.state === "streaming");
}
