import { open } from "node:fs/promises";
import { systemErrorCode } from "../system-error.js";
import { parseEntry, parseHeader } from "./conversation-entries.js";
import { changeTags } from "./fold-conversation.js";
import { parseStoredOptions, type StoredOptions } from "./stored-options.js";

/** What a conversation is, without what was said in it. */
export interface ConversationHead {
  readonly tags: readonly string[];
  /** What it was begun with, as far as that is stored. */
  readonly options: StoredOptions;
}

/** How the lines begin that hold what Claude said: nearly all of a file, and nothing that is looked for here. */
const MESSAGE_LINE = '{"type":"message"';

/**
 * Reads a conversation's file line by line: what was said is neither parsed nor kept, and a file that is damaged stays as it is.
 *
 * @returns undefined for a file that is not there, or does not begin as a conversation does.
 */
export async function readConversationHead(path: string): Promise<ConversationHead | undefined> {
  const file = await open(path).catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    if (!(await file.stat()).isFile()) return undefined;
    let head: ConversationHead | undefined;
    for await (const line of file.readLines()) {
      if (head === undefined) {
        const header = parseHeader(line);
        if (!header) return undefined;
        head = { tags: header.tags, options: parseStoredOptions(header.options) };
      } else if (!line.startsWith(MESSAGE_LINE)) {
        const entry = parseEntry(line);
        if (entry?.type === "change") head = { ...head, tags: changeTags(head.tags, entry) };
      }
    }
    return head;
  } finally {
    await file.close();
  }
}
