import type { ConversationInfo } from "../../src/conversations/conversation.js";
import type { ConversationList } from "../../src/conversations/conversation-requests.js";
import type { ViewPart } from "../response/parts.js";

/** A list of conversations as a table. */
export function conversationsParts(list: ConversationList): readonly ViewPart[] {
  const data = {
    conversations: list.map(rowOf),
    problems: list.problems.map(({ message }) => message),
  };
  return [{ id: "conversations", type: "view", state: "done", view: "conversations", data }];
}

function rowOf({ sessionId, title, tags, archived, updatedAt, models, totals, turnCount }: ConversationInfo) {
  return { sessionId, title, tags, archived, updatedAt, model: models[0], turnCount, totals };
}
