import type { Conversation } from "./conversation.js";
import { toRaw } from "./record-conversation-turn.js";

/** A conversation as messages of the wire, one in each line; prompts are user messages. */
export function exportJsonl({ messages }: Conversation): string {
  return messages.map((message) => `${JSON.stringify(toRaw(message))}\n`).join("");
}
