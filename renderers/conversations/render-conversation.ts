import type { Conversation } from "../../src/conversations/conversation.js";
import { renderParts } from "../bundle/render-parts.js";
import { renderNotebookPage } from "../page/render-notebook-page.js";
import { partsMarkdown } from "../panels/part-text.js";
import { conversationParts } from "./conversation-parts.js";

/** A conversation in markdown: prompts, answers and what tools did. */
export function renderConversationMarkdown(conversation: Conversation): string {
  return `# ${conversation.title}\n\n${partsMarkdown(conversationParts(conversation))}\n`;
}

/** A conversation as one HTML page that loads nothing, in the look of an exported notebook. */
export function renderConversationPage(conversation: Conversation): string {
  const data = renderParts(conversationParts(conversation), {
    includeStyle: false,
    response: "conversation",
  });
  const cell = { cell_type: "code", source: "", outputs: [{ output_type: "display_data", data }] };
  return renderNotebookPage({ cells: [cell] }, { title: conversation.title });
}
