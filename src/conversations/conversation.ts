import type { Message, ResultMessage } from "../messages/types.js";
import type { PromptContent } from "../prompt.js";
import type { StoredOptions } from "./stored-options.js";

/** How a turn ended; `unfinished`: its process was killed, or is still at it. */
export type TurnOutcome = "done" | "failed" | "interrupted" | "unfinished";

/** What turns took. A turn that was replayed is counted, and cost nothing. */
export interface ConversationTotals {
  readonly turns: number;
  /** All input, what was read from the cache included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  /** US dollars that were paid. */
  readonly costUsd: number;
  /** Time in turns, in milliseconds. */
  readonly durationMs: number;
}

/** A prompt and what came of it. */
export interface ConversationTurnRecord {
  /** From 1. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly prompt: PromptContent;
  /** Names its recording; undefined for a turn that an earlier version wrote. */
  readonly key?: string | undefined;
  /** What the CLI said, without the pieces of answers that stream. */
  readonly messages: readonly Message[];
  readonly outcome: TurnOutcome;
  readonly result?: ResultMessage | undefined;
  /** Why it failed, when it was not an error result. */
  readonly error?: string | undefined;
  /** The answer came from a recording. */
  readonly replayed: boolean;
  /** It happened in the conversation that this one is a fork of. */
  readonly copied: boolean;
}

/** What is known of a conversation without its messages. */
export interface ConversationInfo {
  /** Its id, a UUID; in live turns that of the CLI's session too. */
  readonly sessionId: string;
  /** The title it was given, else the beginning of the first prompt. */
  readonly title: string;
  readonly tags: readonly string[];
  readonly archived: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970: of the last prompt, message or change. */
  readonly updatedAt: number;
  /** The models that answered, the last one first. */
  readonly models: readonly string[];
  /** Of its own turns: those that a fork began with are counted where they happened. */
  readonly totals: ConversationTotals;
  /** All turns, copied ones included. */
  readonly turnCount: number;
  /** The conversation that it is a fork of, and how many of its turns it has. */
  readonly parent?: { readonly sessionId: string; readonly turns: number } | undefined;
  /** What it was begun with, as far as that is stored. */
  readonly options: StoredOptions;
  /** Lines of its file that cannot be read: what a killed process was writing. They are left out. */
  readonly damagedLines: number;
}

/** A conversation with all that was said. */
export interface Conversation extends ConversationInfo {
  readonly turns: readonly ConversationTurnRecord[];
  /** Prompts and answers as messages of the wire, the oldest first; `display_claude_response` can show them. */
  readonly messages: readonly Message[];
  /** The CLI's session that the next turn goes on with; undefined before the first answer. */
  readonly claudeSession?: ClaudeSession | undefined;
}

/** Where the CLI goes on. */
export interface ClaudeSession {
  readonly id: string;
  /** Turns that it has had. */
  readonly turns: number;
  /** Names the recording of the last of them. */
  readonly key?: string | undefined;
  /** It belongs to another conversation: the next turn makes a copy. */
  readonly isParents: boolean;
  /** With `isParents`: the last message to copy, by its uuid; all of them when undefined. */
  readonly upTo?: string | undefined;
}
