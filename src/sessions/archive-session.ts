import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { InvalidOptionsError } from "../errors.js";
import { findSession, type SessionFile, type SessionPlace } from "./session-files.js";

/** The mark beside the transcript, as the official SDK writes and reads it; the CLI itself knows none. */
const markSchema = z.looseObject({ archived: z.boolean(), at: z.iso.datetime({ offset: true }) });

/**
 * Puts a session aside: it stays where it is and is still listed, with `archived: true`. A prompt in the session takes the
 * mark off again.
 * @throws SessionNotFoundError
 */
export async function archiveSession(sessionId: string, place: SessionPlace = {}): Promise<void> {
  await mark(sessionId, place, true);
}

/**
 * Takes back what {@link archiveSession} did.
 * @throws SessionNotFoundError
 */
export async function unarchiveSession(sessionId: string, place: SessionPlace = {}): Promise<void> {
  await mark(sessionId, place, false);
}

/** When a session was archived, in milliseconds since 1970; undefined when it is not, or the mark cannot be understood. */
export async function archivedAt(file: SessionFile): Promise<number | undefined> {
  const text = await readFile(markPath(file), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  const found = markSchema.safeParse(parseJson(text ?? ""));
  return found.success && found.data.archived ? Date.parse(found.data.at) : undefined;
}

async function mark(sessionId: string, place: SessionPlace, archived: boolean): Promise<void> {
  if (place.sessionStore) {
    const message =
      "A session of a store cannot be archived: the mark is a file beside the CLI's transcript.";
    throw new InvalidOptionsError("sessionStore", place.sessionStore, message);
  }
  const path = markPath(await findSession(sessionId, place));
  await mkdir(dirname(path), { recursive: true });
  const text = JSON.stringify({ archived, at: new Date().toISOString(), by: "sdk" });
  await writeFile(path, text, { mode: 0o600 });
}

function markPath({ folder, sessionId }: SessionFile): string {
  return join(folder, sessionId, "archived.json");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
