import { parseMessage, type RawMessage } from "../messages/parse-message.js";
import type { Message } from "../messages/types.js";
import { withStoredSession } from "../session-store/with-stored.js";
import { mainChain, readEntries, type TranscriptEntry } from "./read-transcript.js";
import { findSession, type SessionPlace } from "./session-files.js";

export interface ReadSessionOptions extends SessionPlace {
  /** At most this many messages. @defaultValue all */
  readonly limit?: number | undefined;
  /** Leaves out this many of the first. @defaultValue 0 */
  readonly offset?: number | undefined;
}

/**
 * The conversation of a session as messages of the wire, as a query would have given them: prompts, answers and the
 * results of tools, the oldest first. They can be shown by `display_claude_response`.
 *
 * @throws SessionNotFoundError
 */
export async function getSessionMessages(
  sessionId: string,
  options: ReadSessionOptions = {},
): Promise<Message[]> {
  const { limit, offset = 0, ...place } = options;
  const entries = await withStoredSession(sessionId, place, async (at) => {
    const { path } = await findSession(sessionId, at);
    return readEntries(path);
  });
  const messages = mainChain(entries)
    .filter((entry) => (entry.type === "user" || entry.type === "assistant") && !entry.isMeta)
    .map((entry) => asMessage(entry, sessionId));
  return messages.slice(offset, limit === undefined ? undefined : offset + limit);
}

/** An entry by the names of the wire. */
function asMessage(entry: TranscriptEntry, sessionId: string): Message {
  const raw: RawMessage = {
    type: entry.type,
    message: entry.message,
    parent_tool_use_id: null,
    session_id: sessionId,
    uuid: entry.uuid,
    timestamp: entry.timestamp,
    ...(entry.toolUseResult !== undefined && { tool_use_result: entry.toolUseResult }),
  };
  return parseMessage(raw);
}
