import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { InvalidOptionsError } from "../errors.js";
import { readTranscript } from "../sessions/read-transcript.js";
import { findSession, type SessionPlace } from "../sessions/session-files.js";
import type { SessionKey, SessionStore, SessionStoreEntry } from "./session-store.js";
import { isSessionStore } from "./session-store.js";
import { AGENT_METADATA } from "./write-session.js";

export interface ImportSessionOptions extends SessionPlace {
  /** Whether the transcripts of subagents are copied too. @defaultValue true */
  readonly includeSubagents?: boolean | undefined;
  /** How many lines are appended at once, at most. @defaultValue 500 */
  readonly batchSize?: number | undefined;
}

const DEFAULT_BATCH = 500;

/**
 * Copies a session of the CLI into a store, from where it can be resumed as if it had been mirrored. What the store has
 * already, by its uuid, it keeps once.
 *
 * @throws SessionNotFoundError; InvalidOptionsError for a `store` that is none; and what the store throws.
 */
export async function importSessionToStore(
  sessionId: string,
  store: SessionStore,
  options: ImportSessionOptions = {},
): Promise<void> {
  if (!isSessionStore(store)) {
    throw new InvalidOptionsError("store", store, "A session store must have the methods append and load.");
  }
  const { includeSubagents = true, batchSize = DEFAULT_BATCH, ...place } = options;
  const { path, folder } = await findSession(sessionId, place);
  const key = { projectKey: basename(folder), sessionId };
  await appendFile(store, key, path, batchSize);
  if (!includeSubagents) return;
  const sessionFolder = join(folder, sessionId);
  for (const file of await transcriptsBelow(join(sessionFolder, "subagents"))) {
    const subpath = relative(sessionFolder, file)
      .split(sep)
      .join("/")
      .replace(/\.jsonl$/, "");
    await appendFile(store, { ...key, subpath }, file, batchSize);
    const metadata = await metadataBeside(file);
    if (metadata) await store.append({ ...key, subpath }, [metadata]);
  }
}

async function appendFile(
  store: SessionStore,
  key: SessionKey,
  path: string,
  batchSize: number,
): Promise<void> {
  let batch: SessionStoreEntry[] = [];
  for await (const entry of readTranscript(path)) {
    batch.push(entry);
    if (batch.length < batchSize) continue;
    await store.append(key, batch);
    batch = [];
  }
  if (batch.length > 0) await store.append(key, batch);
}

async function transcriptsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".jsonl"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What kind of agent it is stands in a file beside the transcript. One that cannot be read is none. */
async function metadataBeside(transcript: string): Promise<SessionStoreEntry | undefined> {
  try {
    const facts: unknown = JSON.parse(await readFile(transcript.replace(/\.jsonl$/, ".meta.json"), "utf8"));
    return { ...(facts as object), type: AGENT_METADATA };
  } catch {
    return undefined;
  }
}
