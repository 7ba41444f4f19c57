import { join } from "node:path";
import type { ClaudeOptions } from "../options/types.js";
import { isSessionId } from "../sessions/session-id.js";
import { askStore } from "./ask-store.js";
import { copyConfig } from "./copy-config.js";
import { makeResumeFolder, removeResumeFolder, sweepResumeFolders } from "./resume-folder.js";
import { projectKeyOf } from "./session-key.js";
import type { SessionStore, SessionStoreEntry } from "./session-store.js";
import { writeSession } from "./write-session.js";

/** A session of a store, where the CLI can resume it. */
export interface RestoredSession {
  /** The options that start the CLI there. */
  readonly options: ClaudeOptions;
  /** Removes the folder, but for transcripts that the store has not all of; to be called when the CLI has ended. */
  remove(isStored: boolean): Promise<void>;
}

/**
 * Puts the session that `resume` or `continue` means from its store into a folder of the CLI's own kind.
 *
 * @param stop fires when nobody waits for it any more.
 * @returns undefined when there is nothing to restore: no store, a new session, or one that the store does not know.
 * @throws SessionStoreError
 */
export async function restoreSession(
  options: ClaudeOptions,
  cwd: string,
  stop: AbortSignal,
): Promise<RestoredSession | undefined> {
  const { sessionStore: store, resume, continue: goesOn, loadTimeoutMs } = options;
  if (!store || !(resume || goesOn)) return undefined;
  const projectKey = projectKeyOf(cwd);
  const found = await findStored(store, projectKey, resume, loadTimeoutMs, stop);
  if (!found) return undefined;
  const { sessionId, entries } = found;
  await sweepResumeFolders();
  const configDir = await makeResumeFolder();
  const remove = (isStored: boolean): Promise<void> => removeResumeFolder(configDir, isStored);
  try {
    await writeSession(store, { projectKey, sessionId }, entries, join(configDir, "projects"), {
      timeoutMs: loadTimeoutMs,
      stop,
    });
    await copyConfig({ ...process.env, ...options.env }, configDir);
  } catch (error) {
    await remove(true);
    throw error;
  }
  const { continue: _, ...others } = options;
  const env = { ...options.env, CLAUDE_CONFIG_DIR: configDir };
  return { options: { ...others, resume: sessionId, env }, remove };
}

interface StoredSession {
  readonly sessionId: string;
  readonly entries: readonly SessionStoreEntry[];
}

/** The session of an id, else the latest of a project; a subagent's is none. */
async function findStored(
  store: SessionStore,
  projectKey: string,
  resume: string | undefined,
  timeoutMs: number | undefined,
  stop: AbortSignal,
): Promise<StoredSession | undefined> {
  const listed =
    resume === undefined
      ? await askStore("listSessions()", () => store.listSessions!(projectKey), timeoutMs, stop)
      : [{ sessionId: resume, mtime: 0 }];
  // The id becomes part of a path.
  const candidates = listed
    .filter(({ sessionId }) => isSessionId(sessionId))
    .sort((a, b) => b.mtime - a.mtime);
  for (const { sessionId } of candidates) {
    const entries = await askStore("load()", () => store.load({ projectKey, sessionId }), timeoutMs, stop);
    if (entries?.length && (resume !== undefined || entries[0]?.isSidechain !== true)) {
      return { sessionId, entries };
    }
  }
  return undefined;
}
