import { askStore } from "../session-store/ask-store.js";
import { projectKeyIn, withStoredSessions } from "../session-store/with-stored.js";
import { infoOf, type SessionFacts, type SessionInfo } from "./session-facts.js";
import { type SessionPlace, sessionFiles } from "./session-files.js";
import { isSessionId } from "./session-id.js";
import { readSessionInfo } from "./session-info.js";

export interface ListSessionsOptions extends SessionPlace {
  /** At most this many. @defaultValue all */
  readonly limit?: number | undefined;
  /** Leaves out this many of the latest. @defaultValue 0 */
  readonly offset?: number | undefined;
}

/**
 * The CLI's sessions, the latest first: those of one project with `dir`, else of all. Sessions in which nobody said
 * anything are left out.
 *
 * @example
 *     for (const { sessionId, summary } of await listSessions({ dir: ".", limit: 10 })) console.log(sessionId, summary);
 */
export async function listSessions(options: ListSessionsOptions = {}): Promise<SessionInfo[]> {
  const { limit = Number.POSITIVE_INFINITY, offset = 0, ...place } = options;
  if (place.sessionStore?.listSessionSummaries)
    return (await listSummaries(place)).slice(offset, offset + limit);
  return withStoredSessions(place, (at) => listFiles(at, offset, limit));
}

async function listFiles(place: SessionPlace, offset: number, limit: number): Promise<SessionInfo[]> {
  const infos: SessionInfo[] = [];
  let skipped = 0;
  // One after the other: a transcript may be large, and only as many are read as are asked for.
  for (const file of await sessionFiles(place)) {
    if (infos.length >= limit) break;
    const read = await readSessionInfo(file).catch(ignoreDeleted);
    if (!read || read.isEmpty) continue;
    if (skipped < offset) skipped++;
    else infos.push(read.info);
  }
  return infos;
}

/** What a store says of its sessions, without loading one. */
async function listSummaries(place: SessionPlace): Promise<SessionInfo[]> {
  const projectKey = projectKeyIn(place);
  const store = place.sessionStore!;
  const listed = await askStore("listSessionSummaries()", () => store.listSessionSummaries!(projectKey));
  return listed
    .map(({ mtime, data }) => ({ ...(data as unknown as SessionFacts), lastModified: mtime }))
    .filter(({ empty, sessionId }) => !empty && isSessionId(sessionId))
    .sort((a, b) => b.lastModified - a.lastModified)
    .map(infoOf);
}

/** Somebody deleted the session meanwhile. */
function ignoreDeleted(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
