import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { InvalidOptionsError } from "../errors.js";
import type { SessionStoreEntry } from "../session-store/session-store.js";
import { keyIn, loadStored } from "../session-store/with-stored.js";
import { findSession, type SessionPlace } from "./session-files.js";

/**
 * Gives a session a title; the CLI shows it too.
 * @throws SessionNotFoundError; InvalidOptionsError for an empty title.
 */
export async function renameSession(
  sessionId: string,
  title: string,
  place: SessionPlace = {},
): Promise<void> {
  const customTitle = requireText("title", title);
  await appendEntry(sessionId, place, { type: "custom-title", customTitle, sessionId });
}

/**
 * Gives a session a tag, in place of the one it has.
 * @param tag null takes it off.
 * @throws SessionNotFoundError; InvalidOptionsError for an empty tag.
 */
export async function tagSession(
  sessionId: string,
  tag: string | null,
  place: SessionPlace = {},
): Promise<void> {
  const text = tag === null ? "" : requireText("tag", tag);
  await appendEntry(sessionId, place, { type: "tag", tag: text, sessionId });
}

/**
 * Deletes a session's transcript, with those of its subagents. It cannot be resumed afterwards. A store that has no
 * method `delete` keeps it.
 * @throws SessionNotFoundError
 */
export async function deleteSession(sessionId: string, place: SessionPlace = {}): Promise<void> {
  const { sessionStore: store } = place;
  if (store) {
    const key = keyIn(place, sessionId);
    await loadStored(store, key);
    await store.delete?.(key);
    return;
  }
  const { path, folder } = await findSession(sessionId, place);
  await rm(path);
  await rm(join(folder, sessionId), { recursive: true, force: true });
}

function requireText(name: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  throw new InvalidOptionsError(
    name,
    value,
    `The ${name} of a session must be a text, not ${inspect(value)}.`,
  );
}

/** A transcript only grows: what was said before stays as it is. */
async function appendEntry(sessionId: string, place: SessionPlace, entry: SessionStoreEntry): Promise<void> {
  const { sessionStore: store } = place;
  if (store) {
    const key = keyIn(place, sessionId);
    await loadStored(store, key);
    await store.append(key, [entry]);
    return;
  }
  const { path } = await findSession(sessionId, place);
  const file = await open(path, "a+");
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    // A crash may have cut the last line off; ours must not become part of it.
    const lineBreak = size > 0 && last[0] !== 0x0a ? "\n" : "";
    await file.appendFile(`${lineBreak}${JSON.stringify(entry)}\n`);
  } finally {
    await file.close();
  }
}
