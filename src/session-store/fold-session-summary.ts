import { addEntry, noFacts, type SessionFacts } from "../sessions/session-facts.js";
import type { SessionKey, SessionStoreEntry, SessionSummaryEntry } from "./session-store.js";

/**
 * Brings a session's summary up to date with the lines that were appended to it. Pure: keeping two writers apart is the
 * store's affair.
 *
 * @param previous undefined before the first lines.
 * @param options `mtime`: when the store wrote, in milliseconds since 1970.
 */
export function foldSessionSummary(
  previous: SessionSummaryEntry | undefined,
  { sessionId }: SessionKey,
  entries: readonly SessionStoreEntry[],
  options: { readonly mtime?: number | undefined } = {},
): SessionSummaryEntry {
  const facts = { ...noFacts(sessionId), ...previous?.data } as SessionFacts;
  for (const entry of entries) addEntry(facts, entry);
  return { sessionId, mtime: options.mtime ?? previous?.mtime ?? 0, data: facts };
}
