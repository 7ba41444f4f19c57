import { isAssistantMessage } from "../messages/guards.js";
import type { AssistantMessage } from "../messages/types.js";
import type { Conversation, ConversationTurnRecord } from "./conversation.js";
import {
  type ConversationEntry,
  type ConversationHeader,
  FORMAT_VERSION,
  type StoredPrompt,
} from "./conversation-entries.js";
import { toRaw } from "./record-conversation-turn.js";

export interface ForkPlan {
  /** Id of the new conversation. */
  readonly sessionId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** How many turns it begins with. */
  readonly turns: number;
  readonly title?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** The lines of a conversation that begins with turns of another, and goes on apart from it. */
export function forkLines(source: Conversation, plan: ForkPlan): (ConversationHeader | ConversationEntry)[] {
  const turns = source.turns.slice(0, plan.turns);
  const last = turns.at(-1);
  const isWhole = plan.turns === source.turns.length;
  const claude = isWhole
    ? { id: source.claudeSession?.id, upTo: source.claudeSession?.upTo }
    : placeAfter(last);
  const header: ConversationHeader = {
    type: "conversation",
    version: FORMAT_VERSION,
    session_id: plan.sessionId,
    created_at: new Date(plan.createdAt).toISOString(),
    title: plan.title ?? `${source.title} (fork)`,
    tags: [...(plan.tags ?? source.tags)],
    options: source.options,
    parent: {
      session_id: source.sessionId,
      turns: plan.turns,
      ...(claude.id !== undefined && { claude_session: claude.id }),
      ...(claude.upTo !== undefined && { up_to: claude.upTo }),
    },
  };
  return [header, ...turns.flatMap(turnLines)];
}

/** Where in the CLI's session a turn ended. */
function placeAfter(turn: ConversationTurnRecord | undefined): { id?: string; upTo?: string } {
  const last = turn?.messages.findLast(isAssistantMessage) as AssistantMessage | undefined;
  if (last?.session_id === undefined || last.uuid === undefined) return {};
  return { id: last.session_id, upTo: last.uuid };
}

function turnLines(turn: ConversationTurnRecord): ConversationEntry[] {
  const { number, prompt, key, replayed, outcome, error } = turn;
  const at = new Date(turn.at).toISOString();
  const lines: ConversationEntry[] = [
    { type: "turn", turn: number, at, prompt: prompt as StoredPrompt, key, copied: true },
    ...turn.messages.map(
      (message): ConversationEntry => ({ type: "message", turn: number, at, message: toRaw(message) }),
    ),
  ];
  if (outcome !== "unfinished")
    lines.push({ type: "end", turn: number, at, outcome, replayed, ...(error !== undefined && { error }) });
  return lines;
}
