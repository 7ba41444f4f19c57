import { readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { isSessionId } from "../sessions/session-id.js";
import { describeSystemError, systemErrorCode } from "../system-error.js";
import type { Conversation } from "./conversation.js";
import { FORMAT_VERSION, parseHeader } from "./conversation-entries.js";
import { ConversationDamagedError, ConversationNotFoundError } from "./conversation-errors.js";
import { conversationOf } from "./parse-conversation.js";

const ENDING = ".jsonl";

/** What the name of a file gets that was set aside. */
const DAMAGED_ENDING = ".damaged";

/**
 * The id as files have it: the same UUID in capitals would name the same file on some systems, and another one on others.
 *
 * @throws ConversationNotFoundError for an id that is no UUID: nothing else may become part of a path.
 */
export function conversationId(sessionId: string): string {
  if (isSessionId(sessionId)) return sessionId.toLowerCase();
  const message = `${JSON.stringify(sessionId)} is no id of a conversation: these are UUIDs.`;
  throw new ConversationNotFoundError(sessionId, message);
}

/** Where a conversation is kept. @throws ConversationNotFoundError for an id that is no UUID. */
export function conversationPath(folder: string, sessionId: string): string {
  return join(folder, `${conversationId(sessionId)}${ENDING}`);
}

/** The ids of the conversations in a folder; none when there is no such folder. */
export async function conversationIds(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .filter(isSessionId);
}

/** What changes when a file does; undefined for a file that is not there. */
export async function fileStamp(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  return stats && `${stats.ino}:${stats.size}:${stats.mtimeMs}`;
}

/**
 * Reads a conversation. Lines that cannot be read (a killed process was writing them) are left out and counted; a file that
 * does not begin as one of ours is set aside under another name, so that it is reported once and never written to.
 *
 * @throws ConversationNotFoundError; ConversationDamagedError.
 */
export async function readConversation(folder: string, sessionId: string): Promise<Conversation> {
  const path = conversationPath(folder, sessionId);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if (systemErrorCode(cause) === "ENOENT") throw notFound(folder, sessionId, cause);
    const message = `The conversation ${path} cannot be read: ${describeSystemError(cause)}`;
    throw new ConversationDamagedError(sessionId, path, message, { cause });
  });
  const [first = "", ...rest] = text.split("\n");
  const header = parseHeader(first);
  if (!header) throw await setAside(sessionId, path);
  if (header.session_id.toLowerCase() !== conversationId(sessionId)) {
    const message = `The file ${path} is of another conversation, ${JSON.stringify(header.session_id)}.`;
    const hints = [`Give it the name of its own conversation, ${header.session_id}${ENDING}, or delete it.`];
    throw new ConversationDamagedError(sessionId, path, message, { hints });
  }
  if (header.version !== FORMAT_VERSION) {
    const message = `The conversation ${path} has the form ${header.version}; this version reads ${FORMAT_VERSION}.`;
    throw new ConversationDamagedError(sessionId, path, message, { hints: ["Update claude-notebook."] });
  }
  return conversationOf(header, rest);
}

async function setAside(sessionId: string, path: string): Promise<ConversationDamagedError> {
  const target = `${path}${DAMAGED_ENDING}`;
  const moved = await rename(path, target).then(
    () => true,
    () => false,
  );
  const where = moved ? `; it was set aside as ${target}` : " and could not be set aside";
  return new ConversationDamagedError(
    sessionId,
    moved ? target : path,
    `The file ${path} does not begin as a conversation does${where}.`,
    { hints: ["Look whether its lines can be saved by hand, or delete it."] },
  );
}

function notFound(folder: string, sessionId: string, cause: unknown): ConversationNotFoundError {
  const message = `There is no conversation ${sessionId} in ${folder}.`;
  return new ConversationNotFoundError(sessionId, message, {
    cause,
    hints: ["`manager.list()` lists those there are."],
  });
}
