/** Names what a store keeps: the transcript of a session, or with `subpath` of one of its subagents. */
export interface SessionKey {
  /** Of the project's folder, as the CLI names it. */
  readonly projectKey: string;
  readonly sessionId: string;
  /** With "/" on every system, e.g. "subagents/agent-a1b2". */
  readonly subpath?: string | undefined;
}

/** A line of a transcript: JSON that a store keeps as it is. */
export interface SessionStoreEntry {
  readonly type: string;
  /** Most have one; entries of the same uuid are the same, so that what is sent twice is kept once. */
  readonly uuid?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly [field: string]: unknown;
}

/** What a store knows of a session without reading it; `foldSessionSummary` keeps it up to date. */
export interface SessionSummaryEntry {
  readonly sessionId: string;
  /** Milliseconds since 1970 of the last write, by the store's clock. */
  readonly mtime: number;
  /** For this SDK; a store keeps it as it is. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Keeps transcripts somewhere else: in a database, in a bucket. The CLI still writes its own files; the store gets a copy
 * of each line, and a session can be resumed from it on another machine. The contract is that of the official SDKs.
 */
export interface SessionStore {
  /**
   * Adds lines to a transcript, after the CLI has written them. Calls come one after the other. One that fails is repeated
   * twice; then the lines are given up, and a `mirror_error` message says so.
   */
  append(key: SessionKey, entries: readonly SessionStoreEntry[]): Promise<void>;
  /** All lines of a transcript in order; null for one that was never written. */
  load(key: SessionKey): Promise<readonly SessionStoreEntry[] | null>;
  /** The sessions of a project, in any order; `mtime` in milliseconds since 1970. Needed for `continue` and lists. */
  listSessions?(
    projectKey: string,
  ): Promise<readonly { readonly sessionId: string; readonly mtime: number }[]>;
  /** The same with what is known of each, so that a list does not load every session. */
  listSessionSummaries?(projectKey: string): Promise<readonly SessionSummaryEntry[]>;
  /** Deletes a transcript; of a session, those of its subagents too. Without it nothing is deleted. */
  delete?(key: SessionKey): Promise<void>;
  /** The subpaths that a session has. Without it, subagents are not restored. */
  listSubkeys?(key: { readonly projectKey: string; readonly sessionId: string }): Promise<readonly string[]>;
}

/** When lines go to the store: `batched` at the end of each turn, `eager` as they come. */
export type SessionStoreFlush = "batched" | "eager";

export function isSessionStore(value: unknown): value is SessionStore {
  const { append, load } = (value ?? {}) as Partial<SessionStore>;
  return typeof append === "function" && typeof load === "function";
}
