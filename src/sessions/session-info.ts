import { withStoredSession } from "../session-store/with-stored.js";
import { archivedAt } from "./archive-session.js";
import { readTranscript } from "./read-transcript.js";
import { addEntry, infoOf, noFacts, type SessionInfo } from "./session-facts.js";
import { findSession, type SessionFile, type SessionPlace } from "./session-files.js";

/**
 * What is known of a session.
 * @throws SessionNotFoundError
 */
export async function getSessionInfo(sessionId: string, place: SessionPlace = {}): Promise<SessionInfo> {
  return withStoredSession(sessionId, place, async (at) => {
    return (await readSessionInfo(await findSession(sessionId, at))).info;
  });
}

/** @returns also whether nobody has said anything in it: the CLI leaves such files behind. */
export async function readSessionInfo(file: SessionFile): Promise<{ info: SessionInfo; isEmpty: boolean }> {
  const facts = noFacts(file.sessionId);
  for await (const entry of readTranscript(file.path)) addEntry(facts, entry);
  facts.lastModified = file.lastModified;
  facts.fileSize = file.bytes;
  const putAsideAt = await archivedAt(file);
  const isArchived = putAsideAt !== undefined && facts.lastPromptAt <= putAsideAt;
  return { info: { ...infoOf(facts), ...(isArchived && { archived: true }) }, isEmpty: facts.empty };
}
