import type { QueryOptions } from "../options/types.js";
import type { PromptContent } from "../prompt.js";
import type { Conversation, ConversationInfo } from "./conversation.js";
import type { ConversationDamagedError } from "./conversation-errors.js";
import type { ConversationFilter, ConversationMatch } from "./search-conversations.js";

/** Writes a conversation in some form. */
export type ConversationFormat = (conversation: Conversation) => string;

/** How conversations are kept and asked. */
export interface ConversationManagerOptions {
  /** Where conversations are kept. @defaultValue CLAUDE_NOTEBOOK_CONVERSATIONS, else the user's folder for state */
  readonly folder?: string | undefined;
  /** Options of every turn, where a conversation and a turn say nothing else. */
  readonly options?: QueryOptions | undefined;
  /**
   * How long a turn waits while another one of its conversation runs, in milliseconds.
   * @defaultValue 15000, longer than a killed process keeps others out
   */
  readonly lockWaitMs?: number | undefined;
  /** What `export` can write beside `jsonl`, by name. */
  readonly formats?: Readonly<Record<string, ConversationFormat>> | undefined;
  /** Milliseconds since 1970. @defaultValue Date.now */
  readonly now?: (() => number) | undefined;
  /** Makes the id of a conversation, a UUID. @defaultValue randomUUID */
  readonly newId?: (() => string) | undefined;
}

/** How a conversation begins. */
export interface NewConversation {
  readonly initialPrompt: PromptContent;
  /** @defaultValue the beginning of the prompt */
  readonly title?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Options of its turns; in this process all of them hold for later turns too, see docs/conversations.md. */
  readonly options?: QueryOptions | undefined;
  /** Options of its first turn alone; of later turns only what a file keeps of them holds. */
  readonly turnOptions?: QueryOptions | undefined;
}

export interface ListConversationsOptions extends ConversationFilter {
  /** At most this many. @defaultValue all */
  readonly limit?: number | undefined;
  /** Leaves out this many of the latest. @defaultValue 0 */
  readonly offset?: number | undefined;
}

/** Conversations, the latest first. */
export interface ConversationList extends ReadonlyArray<ConversationInfo> {
  /** Files that could not be read, and were set aside. */
  readonly problems: readonly ConversationDamagedError[];
}

export interface SearchConversationsOptions extends ListConversationsOptions {
  /** In titles, tags, prompts and answers: a text, in upper or lower case, or a pattern. */
  readonly text?: string | RegExp | undefined;
}

/** A conversation that a search found. */
export interface FoundConversation {
  readonly conversation: ConversationInfo;
  /** Where the text was found; empty when none was asked for. */
  readonly matches: readonly ConversationMatch[];
}

/** What the copy is called. */
export interface ForkConversationOptions {
  /** @defaultValue the original's with "(fork)" */
  readonly title?: string | undefined;
  /** @defaultValue the original's */
  readonly tags?: readonly string[] | undefined;
}
