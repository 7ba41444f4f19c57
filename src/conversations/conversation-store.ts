import { mkdir, rm } from "node:fs/promises";
import { AbortError } from "../errors.js";
import { appendLine } from "../storage/append-line.js";
import { type FileLock, lockFile } from "../storage/file-lock.js";
import { writeFileAtomically } from "../storage/write-file-atomically.js";
import type { Conversation, ConversationInfo } from "./conversation.js";
import type { ConversationChange } from "./conversation-entries.js";
import {
  ConversationBusyError,
  ConversationDamagedError,
  ConversationNotFoundError,
  ConversationWriteError,
} from "./conversation-errors.js";
import { conversationIds, conversationPath, fileStamp, readConversation } from "./conversation-file.js";
import { type ConversationFilter, fitsFilter } from "./search-conversations.js";

/** The files of a folder of conversations. */
export interface ConversationStore {
  /** Absolute. */
  readonly folder: string;
  /** Where a conversation is, or would be. @throws ConversationNotFoundError for an id that is no UUID. */
  path(sessionId: string): string;
  /** Writes the first lines of a conversation, all of them or none. */
  create(sessionId: string, lines: readonly object[]): Promise<void>;
  /** @throws ConversationWriteError, as all that writes. */
  append(sessionId: string, entry: object): Promise<void>;
  /** @param at milliseconds since 1970. @throws ConversationNotFoundError; ConversationDamagedError */
  change(sessionId: string, at: number, change: ConversationChange): Promise<void>;
  /** @throws ConversationNotFoundError; ConversationDamagedError */
  read(sessionId: string): Promise<Conversation>;
  /** What fits, the latest first; `problems` are files that cannot be read. */
  infos(
    filter: ConversationFilter,
  ): Promise<{ infos: ConversationInfo[]; problems: ConversationDamagedError[] }>;
  remove(sessionId: string): Promise<void>;
  /** Keeps other turns of a conversation out. @throws ConversationBusyError; ConversationWriteError; AbortError */
  lock(sessionId: string, signal?: AbortSignal): Promise<FileLock>;
}

export function createConversationStore(folder: string, lockWaitMs: number): ConversationStore {
  /** What was read before, with the state of the file then. */
  const known = new Map<string, { readonly stamp: string; readonly info: ConversationInfo }>();
  const path = (sessionId: string): string => conversationPath(folder, sessionId);
  const read = (sessionId: string): Promise<Conversation> => readConversation(folder, sessionId);
  /** @throws ConversationWriteError in place of the system error of `work`. */
  const written = async <T>(sessionId: string, work: () => Promise<T>): Promise<T> => {
    const file = path(sessionId);
    return work().catch((cause: unknown) => {
      throw new ConversationWriteError(sessionId, file, cause);
    });
  };
  const append = (sessionId: string, entry: object): Promise<void> =>
    written(sessionId, () => appendLine(path(sessionId), entry));

  async function infoOfFile(sessionId: string): Promise<ConversationInfo> {
    const stamp = await fileStamp(path(sessionId));
    const before = known.get(sessionId);
    if (before && before.stamp === stamp) return before.info;
    const info = infoOf(await read(sessionId));
    if (stamp !== undefined) known.set(sessionId, { stamp, info });
    return info;
  }

  return {
    folder,
    path,
    read,
    append,
    create: (sessionId, lines) =>
      written(sessionId, async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
        await writeFileAtomically(path(sessionId), text, { mode: 0o600 });
      }),
    async change(sessionId, at, change) {
      await read(sessionId);
      await append(sessionId, { type: "change", at: new Date(at).toISOString(), ...change });
    },
    async infos(filter) {
      const infos: ConversationInfo[] = [];
      const problems: ConversationDamagedError[] = [];
      for (const sessionId of await conversationIds(folder)) {
        const info = await infoOfFile(sessionId).catch((error: unknown) => {
          if (ConversationDamagedError.isInstance(error)) problems.push(error);
          // Somebody deleted it meanwhile.
          else if (!ConversationNotFoundError.isInstance(error)) throw error;
          return undefined;
        });
        if (info && fitsFilter(info, filter)) infos.push(info);
      }
      infos.sort((a, b) => b.updatedAt - a.updatedAt || (a.sessionId < b.sessionId ? -1 : 1));
      return { infos, problems };
    },
    async remove(sessionId) {
      known.delete(sessionId);
      await written(sessionId, () => rm(path(sessionId), { force: true }));
    },
    async lock(sessionId, signal) {
      const lock = await lockFile(path(sessionId), lockWaitMs, signal).catch((error: unknown) => {
        if (signal?.aborted) throw new AbortError(signal.reason);
        throw new ConversationWriteError(sessionId, path(sessionId), error);
      });
      if (lock) return lock;
      throw new ConversationBusyError(sessionId, lockWaitMs);
    },
  };
}

/** A conversation without what was said in it. */
export function infoOf(conversation: Conversation): ConversationInfo {
  const { turns: _turns, messages: _messages, claudeSession: _session, ...info } = conversation;
  return info;
}
