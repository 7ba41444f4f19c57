import { shownAs } from "../../src/shown-as.js";
import { agentsParts } from "../agents/agents-parts.js";
import { chainParts } from "../chains/chain-parts.js";
import { fileChangeParts } from "../changes/file-change-parts.js";
import { conversationParts } from "../conversations/conversation-parts.js";
import { conversationsParts } from "../conversations/conversations-parts.js";
import type { Part } from "../response/parts.js";
import { templatesParts } from "../templates/templates-parts.js";
import { toolsParts } from "../tools/tools-parts.js";

/** What is shown of the values of our systems, by the name that `showAs` marks them with. */
const VIEWS: Readonly<Record<string, (value: never) => readonly Part[]>> = {
  agents: agentsParts,
  chain: chainParts,
  changes: fileChangeParts,
  conversation: conversationParts,
  conversations: conversationsParts,
  templates: templatesParts,
  tools: toolsParts,
};

/** The parts that show a value of one of our systems, or undefined for any other value. */
export function viewParts(value: unknown): readonly Part[] | undefined {
  const view = shownAs(value);
  return view !== undefined && Object.hasOwn(VIEWS, view) ? VIEWS[view]!(value as never) : undefined;
}
