import type { Conversation } from "../../src/conversations/conversation.js";
import type { Message } from "../../src/messages/types.js";
import { promptText } from "../../src/prompt.js";
import type { Part, ViewPart } from "../response/parts.js";
import { createResponse } from "../response/response.js";
import type { SessionTurn } from "../session/session-turns.js";

/** A conversation as parts: what it is called, then each prompt and what came of it. */
export function conversationParts(conversation: Conversation): readonly Part[] {
  const { sessionId, title, tags, totals, turnCount, archived, damagedLines, parent } = conversation;
  const head: ViewPart = {
    id: "conversation",
    type: "view",
    state: "done",
    view: "conversation",
    data: {
      sessionId,
      title,
      tags,
      totals,
      turnCount,
      archived,
      damagedLines,
      forkedFrom: parent?.sessionId,
    },
  };
  return [head, ...conversation.turns.flatMap(turnParts)];
}

/** The turns of a conversation, as the page of a session shows them. */
export function conversationTurns({ turns }: Conversation): SessionTurn[] {
  return turns.map((turn) => ({ prompt: promptText(turn.prompt), parts: answerParts(turn) }));
}

function turnParts(turn: Conversation["turns"][number]): readonly Part[] {
  const id = `turn-${turn.number}`;
  const asked: ViewPart = {
    id,
    type: "view",
    state: "done",
    view: "prompt",
    data: { number: turn.number, text: promptText(turn.prompt), copied: turn.copied },
  };
  return [asked, ...answerParts(turn).map((part) => withId(part, id))];
}

function answerParts({ messages, outcome, error, replayed }: Conversation["turns"][number]): readonly Part[] {
  const response = createResponse();
  for (const message of messages) response.apply(message as Message);
  if (error !== undefined && !response.done) response.fail(new Error(error));
  else if (outcome === "interrupted" || outcome === "unfinished") response.interrupt();
  else response.end();
  return response.parts.map((part) => (part.type === "footer" ? { ...part, replayed } : part));
}

function withId(part: Part, turn: string): Part {
  return { ...part, id: `${turn}/${part.id}` };
}
