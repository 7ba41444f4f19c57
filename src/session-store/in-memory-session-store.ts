import { foldSessionSummary } from "./fold-session-summary.js";
import type { SessionKey, SessionStore, SessionStoreEntry, SessionSummaryEntry } from "./session-store.js";

interface Kept {
  readonly key: SessionKey;
  readonly entries: SessionStoreEntry[];
  readonly uuids: Set<string>;
  mtime: number;
  summary?: SessionSummaryEntry | undefined;
}

/** A store that lives as long as the process: for tests, and as an example of what a store does. */
export class InMemorySessionStore implements SessionStore {
  readonly #kept = new Map<string, Kept>();
  #lastTime = 0;

  async append(key: SessionKey, entries: readonly SessionStoreEntry[]): Promise<void> {
    const kept = this.#kept.get(nameOf(key)) ?? { key, entries: [], uuids: new Set(), mtime: 0 };
    this.#kept.set(nameOf(key), kept);
    const news = entries.filter(({ uuid }) => uuid === undefined || !kept.uuids.has(uuid));
    for (const { uuid } of news) if (uuid !== undefined) kept.uuids.add(uuid);
    kept.entries.push(...news);
    // Two writes never have the same time.
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    kept.mtime = this.#lastTime;
    if (key.subpath === undefined)
      kept.summary = foldSessionSummary(kept.summary, key, news, { mtime: kept.mtime });
  }

  async load(key: SessionKey): Promise<SessionStoreEntry[] | null> {
    const kept = this.#kept.get(nameOf(key));
    return kept ? [...kept.entries] : null;
  }

  async listSessions(projectKey: string): Promise<{ sessionId: string; mtime: number }[]> {
    return this.#sessions()
      .filter(({ key }) => key.projectKey === projectKey)
      .map(({ key, mtime }) => ({ sessionId: key.sessionId, mtime }));
  }

  async listSessionSummaries(projectKey: string): Promise<SessionSummaryEntry[]> {
    return this.#sessions().flatMap(({ key, summary }) =>
      summary && key.projectKey === projectKey ? [summary] : [],
    );
  }

  async delete(key: SessionKey): Promise<void> {
    this.#kept.delete(nameOf(key));
    if (key.subpath !== undefined) return;
    for (const name of [...this.#kept.keys()])
      if (name.startsWith(`${nameOf(key)}/`)) this.#kept.delete(name);
  }

  async listSubkeys({ projectKey, sessionId }: SessionKey): Promise<string[]> {
    const isOf = (key: SessionKey): boolean => key.projectKey === projectKey && key.sessionId === sessionId;
    return [...this.#kept.values()].flatMap(({ key }) => (isOf(key) && key.subpath ? [key.subpath] : []));
  }

  /** How many sessions there are. */
  get size(): number {
    return this.#sessions().length;
  }

  /** The lines of a transcript; none for one that was never written. */
  getEntries(key: SessionKey): SessionStoreEntry[] {
    return [...(this.#kept.get(nameOf(key))?.entries ?? [])];
  }

  clear(): void {
    this.#kept.clear();
  }

  #sessions(): Kept[] {
    return [...this.#kept.values()].filter(({ key }) => key.subpath === undefined);
  }
}

function nameOf({ projectKey, sessionId, subpath }: SessionKey): string {
  return [projectKey, sessionId, ...(subpath === undefined ? [] : [subpath])].join("/");
}
