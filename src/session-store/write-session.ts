import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { askStore } from "./ask-store.js";
import { subpathFile } from "./session-key.js";
import type { SessionKey, SessionStore, SessionStoreEntry } from "./session-store.js";

/** Stands in a subagent's transcript for the file beside it that tells what kind of agent it is. */
export const AGENT_METADATA = "agent_metadata";

export interface WriteOptions {
  /** How long the store may take for each answer. */
  readonly timeoutMs?: number | undefined;
  /** Fires when nobody waits for the session any more. */
  readonly stop?: AbortSignal | undefined;
  /** @defaultValue true */
  readonly subagents?: boolean | undefined;
}

/**
 * Writes a session of a store where the CLI would have: its transcript, and those of its subagents.
 *
 * @param entries of the session itself, which the store has given already.
 * @param projectsRoot the CLI's folder of projects.
 * @throws SessionStoreError
 */
export async function writeSession(
  store: SessionStore,
  { projectKey, sessionId }: SessionKey,
  entries: readonly SessionStoreEntry[],
  projectsRoot: string,
  { timeoutMs, stop, subagents = true }: WriteOptions = {},
): Promise<void> {
  const folder = join(projectsRoot, projectKey);
  await writeLines(join(folder, `${sessionId}.jsonl`), entries);
  const listed =
    subagents && store.listSubkeys
      ? await askStore("listSubkeys()", () => store.listSubkeys!({ projectKey, sessionId }), timeoutMs, stop)
      : [];
  for (const subpath of listed) {
    const path = subpathFile(join(folder, sessionId), subpath);
    if (path === undefined) continue;
    const key = { projectKey, sessionId, subpath };
    const found = (await askStore("load()", () => store.load(key), timeoutMs, stop)) ?? [];
    const metadata = found.findLast(({ type }) => type === AGENT_METADATA);
    await writeLines(
      `${path}.jsonl`,
      found.filter(({ type }) => type !== AGENT_METADATA),
    );
    if (!metadata) continue;
    const { type: _, ...facts } = metadata;
    await writePrivate(`${path}.meta.json`, JSON.stringify(facts));
  }
}

async function writeLines(path: string, entries: readonly SessionStoreEntry[]): Promise<void> {
  if (entries.length > 0)
    await writePrivate(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
}

async function writePrivate(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { mode: 0o600 });
}
