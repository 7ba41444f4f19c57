import { setTimeout as sleep } from "node:timers/promises";
import type { RawMessage } from "../messages/parse-message.js";
import { keyOfFile } from "./session-key.js";
import type { SessionKey, SessionStore, SessionStoreEntry, SessionStoreFlush } from "./session-store.js";
import { CallTimeoutError, withinTime } from "./within-time.js";

/** From so many waiting lines, or bytes of them, they go to the store in the middle of a turn: the official SDKs' numbers. */
const MAX_WAITING_ENTRIES = 500;
const MAX_WAITING_BYTES = 1024 * 1024;

/** Pauses before the second and the third attempt, in milliseconds. */
const RETRY_DELAYS_MS = [200, 800] as const;

/** How long the store may take for one call, in milliseconds. One that takes longer is not repeated: it may still arrive. */
const APPEND_TIMEOUT_MS = 60_000;

/** Copies what the CLI writes into its transcripts to a store. */
export interface TranscriptMirror {
  /** Takes a line of the CLI that carries lines of a transcript; false for any other. */
  take(raw: RawMessage): boolean;
  /** Sends what waits; resolves when the store has it, or has been given up. Never throws. */
  flush(): Promise<void>;
  /** Nobody waits for the store any more: a call that hangs does not keep the program alive. */
  goOnBehind(): void;
  /** Whether the store was given up for lines that it does not have. */
  readonly hasLost: boolean;
}

/**
 * @param projectsRoot where the CLI keeps its transcripts.
 * @param onError is told of lines that did not reach the store, as a message.
 */
export function createTranscriptMirror(
  store: SessionStore,
  flushMode: SessionStoreFlush,
  projectsRoot: string,
  onError: (message: RawMessage) => void,
): TranscriptMirror {
  let waiting: { readonly path: string; readonly entries: readonly SessionStoreEntry[] }[] = [];
  let count = 0;
  let bytes = 0;
  /** Calls of the store come one after the other, in the order of the lines. */
  let last: Promise<void> = Promise.resolve();
  let hasLost = false;
  const behind = new AbortController();

  const flush = (): Promise<void> => {
    const byPath = new Map<string, SessionStoreEntry[]>();
    for (const { path, entries } of waiting) byPath.set(path, [...(byPath.get(path) ?? []), ...entries]);
    waiting = [];
    count = bytes = 0;
    last = last.then(async () => {
      for (const [path, entries] of byPath) await send(path, entries);
    });
    return last;
  };

  async function send(path: string, entries: readonly SessionStoreEntry[]): Promise<void> {
    const key = keyOfFile(path, projectsRoot);
    if (entries.length === 0) return;
    try {
      if (!key) throw new Error(`the CLI wrote to ${path}, which is not below ${projectsRoot}`);
      await append(store, key, entries, behind.signal);
    } catch (error) {
      hasLost = true;
      onError(mirrorError(key, path, error));
    }
  }

  return {
    take(raw) {
      if (raw.type !== "transcript_mirror") return false;
      const entries = raw.entries as readonly SessionStoreEntry[];
      waiting.push({ path: String(raw.filePath), entries });
      count += entries.length;
      bytes += JSON.stringify(entries).length;
      if (flushMode === "eager" || count > MAX_WAITING_ENTRIES || bytes > MAX_WAITING_BYTES) void flush();
      return true;
    },
    flush,
    goOnBehind: () => behind.abort(),
    get hasLost() {
      return hasLost;
    },
  };
}

/** @throws what the last attempt threw. */
async function append(
  store: SessionStore,
  key: SessionKey,
  entries: readonly SessionStoreEntry[],
  behind: AbortSignal,
): Promise<void> {
  for (const delayMs of [...RETRY_DELAYS_MS, undefined]) {
    const call = (): Promise<void> => store.append(key, entries);
    const sent = withinTime(call, APPEND_TIMEOUT_MS, "SessionStore.append()", behind);
    const error = await sent.then(
      () => undefined,
      (reason: unknown) => reason ?? new Error("the store does not say why"),
    );
    if (error === undefined) return;
    if (delayMs === undefined || error instanceof CallTimeoutError) throw error;
    await sleep(delayMs);
  }
}

function mirrorError(key: SessionKey | undefined, path: string, error: unknown): RawMessage {
  return {
    type: "system",
    subtype: "mirror_error",
    error: `${error instanceof Error ? error.message : String(error)} (The transcript stays at ${path}.)`,
    key: key ?? { projectKey: "", sessionId: "", subpath: path },
    session_id: key?.sessionId,
  };
}
