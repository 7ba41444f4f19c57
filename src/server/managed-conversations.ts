import type { ConversationManager } from "../conversations/conversation-manager.js";
import type { ConversationList } from "../conversations/conversation-requests.js";
import type { ConversationHead } from "../conversations/read-conversation-head.js";
import { ClaudeSDKError } from "../errors.js";
import { promptText } from "../prompt.js";
import { isSessionId } from "../sessions/session-id.js";
import type { ConversationStore } from "./conversation-store.js";

/** Conversations that a list names. */
const MAX_LISTED = 200;

/** Marks the conversations that belong to servers: clients see and go on with these, and with no others of the folder. */
export const SERVER_TAG = "server";

/** Keeps a server's conversations in files, by a {@link ConversationManager}: they are still there after a restart. */
export function managedConversations(manager: ConversationManager): ConversationStore {
  /** Looked at before anything else is read: of the user's own conversations a client learns not even that one is damaged. */
  const ownHead = async (sessionId: string): Promise<ConversationHead | undefined> => {
    const head = isSessionId(sessionId) ? await manager.head(sessionId) : undefined;
    return head?.tags.includes(SERVER_TAG) ? head : undefined;
  };
  /** Files that were told of: whoever runs the server learns of each once, and clients of none. */
  const told = new Set<string>();
  const listed = async (): Promise<ConversationList> => {
    const list = await manager.list({ tag: SERVER_TAG, limit: MAX_LISTED });
    for (const { path, message } of list.problems) {
      if (!told.has(path)) process.emitWarning(message, "ConversationWarning");
      told.add(path);
    }
    return list;
  };
  return {
    async list(text) {
      const infos = text
        ? (await manager.search({ text, tag: SERVER_TAG, limit: MAX_LISTED })).map(
            ({ conversation }) => conversation,
          )
        : await listed();
      return infos.map(({ sessionId, title, turnCount, updatedAt, totals }) => ({
        sessionId,
        title,
        turns: turnCount,
        updatedAt: new Date(updatedAt).toISOString(),
        costUsd: totals.costUsd,
      }));
    },
    async read(sessionId) {
      if (!(await ownHead(sessionId))) return undefined;
      try {
        const { turns, options } = await manager.get(sessionId);
        const { cwd } = options;
        return turns.map(({ prompt, messages }) => ({ prompt: promptText(prompt), cwd, messages }));
      } catch (error) {
        if (ClaudeSDKError.isInstance(error) && error.code === "conversation_not_found") return undefined;
        throw error;
      }
    },
    async place(sessionId) {
      const head = await ownHead(sessionId);
      return head && { cwd: head.options.cwd };
    },
    ask: (prompt, options, sessionId) =>
      sessionId === undefined
        ? manager.createConversation({ initialPrompt: prompt, tags: [SERVER_TAG], turnOptions: options })
        : manager.continueConversation(sessionId, prompt, options),
  };
}
