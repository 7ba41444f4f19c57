import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SessionNotFoundError, SessionStoreError } from "../errors.js";
import { resolveCwd } from "../options/resolve-cwd.js";
import type { SessionPlace } from "../sessions/session-files.js";
import { isSessionId, requireSessionId } from "../sessions/session-id.js";
import { askStore } from "./ask-store.js";
import { projectKeyOf } from "./session-key.js";
import type { SessionKey, SessionStore, SessionStoreEntry } from "./session-store.js";
import { writeSession } from "./write-session.js";

/** The name of a place's project. Without `dir`, that of this process's working folder is meant. */
export function projectKeyIn(place: SessionPlace): string {
  return projectKeyOf(resolveCwd(place.dir));
}

/** The key of a session in a place's store. @throws SessionNotFoundError for an id that is no UUID. */
export function keyIn(place: SessionPlace, sessionId: string): SessionKey {
  requireSessionId(sessionId);
  return { projectKey: projectKeyIn(place), sessionId };
}

/** @throws SessionNotFoundError, SessionStoreError */
export async function loadStored(
  store: SessionStore,
  key: SessionKey,
): Promise<readonly SessionStoreEntry[]> {
  const entries = await askStore("load()", () => store.load(key));
  if (entries?.length) return entries;
  throw new SessionNotFoundError(
    key.sessionId,
    `The session store has no session ${key.sessionId} of ${key.projectKey}.`,
  );
}

/**
 * Works on a session where it is: in the CLI's folder, or in a copy of what the store of `place` has.
 *
 * @throws SessionNotFoundError, SessionStoreError, and what `work` throws.
 */
export async function withStoredSession<T>(
  sessionId: string,
  place: SessionPlace,
  work: (place: SessionPlace) => Promise<T>,
): Promise<T> {
  const { sessionStore: store } = place;
  if (!store) return work(place);
  const key = keyIn(place, sessionId);
  const entries = await loadStored(store, key);
  return inTemporaryFolder(async (configDir) => {
    await writeSession(store, key, entries, join(configDir, "projects"));
    return work({ configDir });
  });
}

/** The same with every session of the project. */
export async function withStoredSessions<T>(
  place: SessionPlace,
  work: (place: SessionPlace) => Promise<T>,
): Promise<T> {
  const { sessionStore: store } = place;
  if (!store) return work(place);
  const projectKey = projectKeyIn(place);
  if (!store.listSessions) throw new SessionStoreError("This session store has no method listSessions.");
  const listed = await askStore("listSessions()", () => store.listSessions!(projectKey));
  return inTemporaryFolder(async (configDir) => {
    const projectsRoot = join(configDir, "projects");
    for (const { sessionId, mtime } of listed) {
      if (!isSessionId(sessionId)) continue;
      const entries = await askStore("load()", () => store.load({ projectKey, sessionId }));
      if (!entries?.length) continue;
      await writeSession(store, { projectKey, sessionId }, entries, projectsRoot, { subagents: false });
      await utimes(join(projectsRoot, projectKey, `${sessionId}.jsonl`), mtime / 1000, mtime / 1000);
    }
    return work({ configDir });
  });
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "claude-notebook-store-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
