import { isAssistantMessage } from "../messages/guards.js";
import { promptText } from "../prompt.js";
import { textFinder } from "../sessions/find-text.js";
import type { Conversation, ConversationInfo } from "./conversation.js";

/** What is asked of conversations; all of it must hold. */
export interface ConversationFilter {
  /** The tag, or all of the tags. */
  readonly tag?: string | readonly string[] | undefined;
  /** A model that answered: its name, or a part of it. */
  readonly model?: string | undefined;
  /** Changed at this time or later: a date, or milliseconds since 1970. */
  readonly since?: Date | number | undefined;
  /** Begun before this time. */
  readonly until?: Date | number | undefined;
  /** US dollars. */
  readonly minCostUsd?: number | undefined;
  /** US dollars. */
  readonly maxCostUsd?: number | undefined;
  /** Only those put aside, or only the others. @defaultValue false; "any" for both */
  readonly archived?: boolean | "any" | undefined;
}

/** Where in a conversation something was found. */
export interface ConversationMatch {
  readonly role: "assistant" | "tag" | "title" | "user";
  /** The turn, from 1; undefined for a title or a tag. */
  readonly turn?: number | undefined;
  /** What stands around it, on one line. */
  readonly excerpt: string;
}

export function fitsFilter(info: ConversationInfo, filter: ConversationFilter): boolean {
  const { tag = [], model, since, until, minCostUsd, maxCostUsd, archived = false } = filter;
  const tags = typeof tag === "string" ? [tag] : tag;
  return (
    (archived === "any" || info.archived === archived) &&
    tags.every((each) => info.tags.includes(each)) &&
    (model === undefined || info.models.some((each) => each.includes(model))) &&
    (since === undefined || info.updatedAt >= Number(since)) &&
    (until === undefined || info.createdAt < Number(until)) &&
    (minCostUsd === undefined || info.totals.costUsd >= minCostUsd) &&
    (maxCostUsd === undefined || info.totals.costUsd <= maxCostUsd)
  );
}

/** Finds a text in the title, the tags, the prompts and the answers; what tools read and wrote is not searched. */
export function findInConversation(conversation: Conversation, wanted: string | RegExp): ConversationMatch[] {
  const find = textFinder(wanted);
  const match = (role: ConversationMatch["role"], text: string, turn?: number): ConversationMatch[] => {
    const excerpt = find(text);
    return excerpt === undefined ? [] : [{ role, excerpt, ...(turn !== undefined && { turn }) }];
  };
  return [
    ...match("title", conversation.title),
    ...conversation.tags.flatMap((tag) => match("tag", tag)),
    ...conversation.turns.flatMap(({ number, prompt, messages }) => [
      ...match("user", promptText(prompt), number),
      ...messages
        .filter((message) => isAssistantMessage(message))
        .flatMap(({ content }) => match("assistant", promptText(content), number)),
    ]),
  ];
}
