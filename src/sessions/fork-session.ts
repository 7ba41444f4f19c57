import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidOptionsError } from "../errors.js";
import type { SessionStoreEntry } from "../session-store/session-store.js";
import { keyIn, withStoredSession } from "../session-store/with-stored.js";
import { mainChain, readEntries, type TranscriptEntry } from "./read-transcript.js";
import { findSession, type SessionFile, type SessionPlace } from "./session-files.js";
import { readSessionInfo } from "./session-info.js";

export interface ForkSessionOptions extends SessionPlace {
  /** The last message to copy, by its uuid. @defaultValue the last of all */
  readonly upToMessageId?: string | undefined;
  /** @defaultValue the original's with "(fork)" */
  readonly title?: string | undefined;
}

/**
 * Copies a conversation into a new session, which can be resumed apart from the original.
 *
 * @returns the new session's id.
 * @throws SessionNotFoundError; InvalidOptionsError when the message is not in the conversation.
 */
export async function forkSession(
  sessionId: string,
  options: ForkSessionOptions = {},
): Promise<{ readonly sessionId: string }> {
  const { upToMessageId, title, ...place } = options;
  return withStoredSession(sessionId, place, async (at) => {
    const file = await findSession(sessionId, at);
    const { newId, lines } = await forkLines(file, upToMessageId, title);
    if (place.sessionStore) await place.sessionStore.append(keyIn(place, newId), lines);
    else {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      await writeFile(join(file.folder, `${newId}.jsonl`), text, { mode: 0o600, flag: "wx" });
    }
    return { sessionId: newId };
  });
}

async function forkLines(
  file: SessionFile,
  upToMessageId: string | undefined,
  title: string | undefined,
): Promise<{ newId: string; lines: SessionStoreEntry[] }> {
  const { sessionId } = file;
  const entries = await readEntries(file.path);
  const chain = upTo(mainChain(entries), upToMessageId);
  const newId = randomUUID();
  const newUuids = new Map(chain.map((entry) => [entry.uuid, randomUUID()]));
  const copies = chain.map((entry) => ({
    ...entry,
    uuid: newUuids.get(entry.uuid),
    parentUuid: (entry.parentUuid && newUuids.get(entry.parentUuid)) ?? null,
    ...(entry.logicalParentUuid && { logicalParentUuid: newUuids.get(entry.logicalParentUuid) ?? null }),
    ...(typeof entry.sourceToolAssistantUUID === "string" && {
      sourceToolAssistantUUID: newUuids.get(entry.sourceToolAssistantUUID),
    }),
    sessionId: newId,
    forkedFrom: { sessionId, messageUuid: entry.uuid },
  }));
  const customTitle = title ?? `${(await readSessionInfo(file)).info.summary} (fork)`;
  return { newId, lines: [...copies, { type: "custom-title", customTitle, sessionId: newId }] };
}

function upTo(chain: readonly TranscriptEntry[], uuid: string | undefined): readonly TranscriptEntry[] {
  if (uuid === undefined) return chain;
  const index = chain.findIndex((entry) => entry.uuid === uuid);
  if (index !== -1) return chain.slice(0, index + 1);
  throw new InvalidOptionsError("upToMessageId", uuid, `The conversation has no message ${uuid}.`, {
    hints: ["`getSessionMessages()` tells the uuid of each."],
  });
}
