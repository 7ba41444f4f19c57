import type { Conversation } from "./conversation.js";
import {
  type ConversationEntry,
  type ConversationHeader,
  FORMAT_VERSION,
  parseEntry,
  parseHeader,
} from "./conversation-entries.js";
import { foldConversation } from "./fold-conversation.js";

/** The conversation that a file's text holds; undefined for a text that does not begin as one, or has a later form. */
export function parseConversation(text: string): Conversation | undefined {
  const [first = "", ...rest] = text.split("\n");
  const header = parseHeader(first);
  return header?.version === FORMAT_VERSION ? conversationOf(header, rest) : undefined;
}

/** A conversation of the lines after its header; those that cannot be read are left out and counted. */
export function conversationOf(header: ConversationHeader, rest: readonly string[]): Conversation {
  const lines = rest.filter((line) => line !== "");
  const entries = lines.map(parseEntry).filter((entry): entry is ConversationEntry => entry !== undefined);
  return foldConversation(header, entries, lines.length - entries.length);
}
