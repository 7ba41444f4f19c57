import { dirname } from "node:path";
import type { ClaudeOptions } from "../options/types.js";
import { withStoredSession } from "../session-store/with-stored.js";
import { deleteSession } from "../sessions/change-session.js";
import { readEntries, type TranscriptEntry } from "../sessions/read-transcript.js";
import { findSession, projectsRootOf, type SessionPlace } from "../sessions/session-files.js";

/** An attempt whose session has begun, and in which Claude said nothing. */
export interface FailedAttempt {
  readonly sessionId: string;
  /** The prompt's `uuid`. */
  readonly promptId: string;
}

/**
 * The options of the attempt after a failed one, so that the conversation holds the prompt once.
 *
 * - A session that the attempt began under an id of its own (`sessionId`) is removed: it holds the prompt and the failure, and
 *   the CLI refuses an id that is taken.
 * - A session that it went on with is resumed where it stood before the prompt.
 * - All others begin anew wherever they begin.
 *
 * Where the transcript cannot be reached (the CLI runs on another computer, a store deletes nothing), the attempt goes on with
 * the session as it is.
 */
export async function optionsToGoOn(
  options: ClaudeOptions,
  cwd: string,
  failed: FailedAttempt,
): Promise<ClaudeOptions> {
  const { sessionId, forkSession, resumeSessionAt, continue: goesOn, ...others } = options;
  if (options.persistSession === false) return options;
  const place = placeOf(options, cwd);
  if (sessionId !== undefined) {
    const isFree = await removeSession(sessionId, place);
    return isFree ? options : { ...others, resume: sessionId };
  }
  if (forkSession || resumeSessionAt !== undefined || !(options.resume || goesOn)) return options;
  const before = await messageBefore(failed, place);
  return before === undefined ? options : { ...others, resume: failed.sessionId, resumeSessionAt: before };
}

function placeOf(options: ClaudeOptions, cwd: string): SessionPlace {
  const configDir = dirname(projectsRootOf({ ...process.env, ...options.env }));
  return { dir: cwd, configDir, sessionStore: options.sessionStore };
}

/** Removes a session that holds no answer; false when it is still there, or nobody can tell. */
async function removeSession(sessionId: string, place: SessionPlace): Promise<boolean> {
  const { sessionStore: store } = place;
  if (store && !store.delete) return false;
  try {
    await deleteSession(sessionId, place);
    // The CLI wrote a transcript of its own beside the store's.
    if (store) await deleteSession(sessionId, { ...place, sessionStore: undefined });
    return true;
  } catch {
    return false;
  }
}

/** The message that a prompt followed; undefined for the first of a session, or when nobody can tell. */
async function messageBefore(failed: FailedAttempt, place: SessionPlace): Promise<string | undefined> {
  try {
    const entries = await withStoredSession(failed.sessionId, place, async (at) =>
      readEntries((await findSession(failed.sessionId, at)).path),
    );
    const byId = new Map(entries.map((entry) => [entry.uuid, entry]));
    const parentOf = (entry: TranscriptEntry | undefined): TranscriptEntry | undefined =>
      entry?.parentUuid ? byId.get(entry.parentUuid) : undefined;
    let before = parentOf(byId.get(failed.promptId));
    // The CLI goes back to messages only, and not to what it notes between them.
    while (before && before.type !== "user" && before.type !== "assistant") before = parentOf(before);
    return before?.uuid;
  } catch {
    return undefined;
  }
}
