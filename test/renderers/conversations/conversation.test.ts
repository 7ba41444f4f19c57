import { expect, test } from "vitest";
import { conversationParts } from "../../../renderers/conversations/conversation-parts.js";
import { conversationsParts } from "../../../renderers/conversations/conversations-parts.js";
import {
  renderConversationMarkdown,
  renderConversationPage,
} from "../../../renderers/conversations/render-conversation.js";
import { partsText } from "../../../renderers/panels/part-text.js";
import type { ConversationInfo } from "../../../src/conversations/conversation.js";
import type { ConversationList } from "../../../src/conversations/conversation-requests.js";
import { foldConversation } from "../../../src/conversations/fold-conversation.js";
import { assistantMessage, resultMessage, text } from "../../../src/testing/index.js";
import { loadedUrls, parseHtml } from "../../support/html-page.js";

const at = "2026-01-02T03:04:05.000Z";
const id = "00000000-0000-4000-8000-000000000001";
const conversation = foldConversation(
  { type: "conversation", version: 1, session_id: id, created_at: at, tags: ["a|b"], title: "T <i>" },
  [
    { type: "turn", turn: 1, at, prompt: "Why <script>alert(1)</script>?" },
    { type: "message", turn: 1, at, message: assistantMessage([text("**Because** <img src=x onerror=1>")]) },
    { type: "message", turn: 1, at, message: resultMessage() },
    { type: "end", turn: 1, at, outcome: "done", replayed: true },
    { type: "turn", turn: 2, at, prompt: "And then?" },
  ],
  1,
);

test("a transcript shows each prompt and what came of it, and that the last turn was never finished", () => {
  expect(partsText(conversationParts(conversation))).toMatch(
    /^Conversation T <i> \(#a\|b · 2 turns[\s\S]*lines that cannot be read: 1[\s\S]*You · turn 1\n {2}Why <script>[\s\S]*\*\*Because\*\*[\s\S]*replayed[\s\S]*You · turn 2\n {2}And then\?[\s\S]*Interrupted/,
  );
});

test("as a page nothing of it is taken for HTML, and nothing is loaded", () => {
  const page = parseHtml(renderConversationPage(conversation));
  expect(loadedUrls(page)).toEqual([]);
  expect(page.text).toContain("Why <script>alert(1)</script>?");
  expect(page.tags).not.toContain("img");
  expect(renderConversationPage(conversation)).toMatch(/<title>T &lt;i&gt;<\/title>/);
});

test("as markdown it begins with its title", () => {
  expect(renderConversationMarkdown(conversation)).toMatch(/^# T <i>\n\n[\s\S]*\*\*You · turn 1\*\*/);
});

test("a list is a table, and says which files could not be read", () => {
  const list = Object.defineProperty([conversation as ConversationInfo], "problems", {
    value: [new Error("set aside as x.damaged")],
  }) as unknown as ConversationList;
  const shown = partsText(conversationsParts(list));
  expect(shown).toMatch(/T <i> +a\|b +2 +120 +\$0 +claude-scripted +2026-01-02 03:04 +0000/);
  expect(shown).toContain("- set aside as x.damaged");
  const none = Object.defineProperty([], "problems", { value: [] }) as unknown as ConversationList;
  expect(partsText(conversationsParts(none))).toContain("There are none.");
});
