/** `claude-notebook/conversations`: conversations that are kept; in a cell they show as a table and a transcript. */
import {
  renderConversationMarkdown,
  renderConversationPage,
} from "../../renderers/conversations/render-conversation.js";
import { ConversationManager as BareConversationManager } from "../../src/conversations/conversation-manager.js";
import type { ConversationManagerOptions } from "../../src/conversations/conversation-requests.js";

export type {
  Conversation,
  ConversationInfo,
  ConversationTotals,
  ConversationTurnRecord,
  TurnOutcome,
} from "../../src/conversations/conversation.js";
export {
  ConversationBusyError,
  ConversationDamagedError,
  ConversationNotFoundError,
  ConversationWriteError,
} from "../../src/conversations/conversation-errors.js";
export type {
  ConversationFormat,
  ConversationList,
  ConversationManagerOptions,
  ForkConversationOptions,
  FoundConversation,
  ListConversationsOptions,
  NewConversation,
  SearchConversationsOptions,
} from "../../src/conversations/conversation-requests.js";
export type { ConversationAnswer, ConversationTurn } from "../../src/conversations/conversation-turn.js";
export type { ConversationHead } from "../../src/conversations/read-conversation-head.js";
export type { ConversationFilter, ConversationMatch } from "../../src/conversations/search-conversations.js";

/** The SDK's manager, which can export as `markdown` and `html` too. */
export class ConversationManager extends BareConversationManager {
  constructor(options: ConversationManagerOptions = {}) {
    const formats = { markdown: renderConversationMarkdown, html: renderConversationPage };
    super({ ...options, formats: { ...formats, ...options.formats } });
  }
}
