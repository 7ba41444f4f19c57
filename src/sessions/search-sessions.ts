import { withStoredSessions } from "../session-store/with-stored.js";
import { entryText, promptText } from "./entry-text.js";
import { type FindText, textFinder } from "./find-text.js";
import { readTranscript, type TranscriptEntry } from "./read-transcript.js";
import type { SessionInfo } from "./session-facts.js";
import { type SessionPlace, sessionFiles } from "./session-files.js";
import { readSessionInfo } from "./session-info.js";

export interface SearchSessionsOptions extends SessionPlace {
  /** At most this many sessions. @defaultValue 20 */
  readonly limit?: number | undefined;
}

/** Where in a session something was found. */
export interface SessionMatch {
  /** Of the message; undefined for a title, a summary or a tag. */
  readonly uuid: string | undefined;
  readonly role: "assistant" | "title" | "user";
  /** What stands around it, on one line. */
  readonly excerpt: string;
}

/** A session in which the text was found. */
export interface FoundSession {
  readonly session: SessionInfo;
  /** At least one; in the order of the conversation, titles first. */
  readonly matches: readonly SessionMatch[];
}

/**
 * Finds sessions by their titles, tags, prompts and answers, the latest first. What tools read and wrote is not searched.
 *
 * @param wanted a text, found in upper or lower case, or a pattern.
 */
export async function searchSessions(
  wanted: string | RegExp,
  options: SearchSessionsOptions = {},
): Promise<FoundSession[]> {
  const { limit = 20, ...place } = options;
  return withStoredSessions(place, (at) => searchFiles(textFinder(wanted), at, limit));
}

async function searchFiles(find: FindText, place: SessionPlace, limit: number): Promise<FoundSession[]> {
  const found: FoundSession[] = [];
  for (const file of await sessionFiles(place)) {
    if (found.length >= limit) break;
    const { info, isEmpty } = await readSessionInfo(file);
    if (isEmpty) continue;
    const matches: SessionMatch[] = [info.customTitle, info.tag].flatMap((text) =>
      match(find, text, "title", undefined),
    );
    for await (const entry of readTranscript(file.path)) {
      const role = entry.type === "user" ? "user" : "assistant";
      matches.push(...match(find, spokenText(entry), role, entry.uuid));
    }
    if (matches.length > 0) found.push({ session: info, matches });
  }
  return found;
}

function spokenText(entry: TranscriptEntry): string | undefined {
  return entry.type === "assistant" && !entry.isSidechain ? entryText(entry) : promptText(entry);
}

function match(
  find: FindText,
  text: string | undefined,
  role: SessionMatch["role"],
  uuid: string | undefined,
): SessionMatch[] {
  const excerpt = text === undefined ? undefined : find(text);
  return excerpt === undefined ? [] : [{ uuid, role, excerpt }];
}
