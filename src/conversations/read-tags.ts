import { open } from "node:fs/promises";
import { systemErrorCode } from "../system-error.js";
import { parseEntry, parseHeader } from "./conversation-entries.js";
import { changeTags } from "./fold-conversation.js";

/** How the lines begin that hold what Claude said: nearly all of a file, and nothing about tags. */
const MESSAGE_LINE = '{"type":"message"';

/**
 * The tags of a conversation's file, line by line: what was said is neither parsed nor kept, and a file that is damaged stays
 * as it is.
 *
 * @returns none for a file that is not there, or does not begin as a conversation does.
 */
export async function readTags(path: string): Promise<readonly string[]> {
  const file = await open(path).catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (!file) return [];
  try {
    if (!(await file.stat()).isFile()) return [];
    let tags: readonly string[] | undefined;
    for await (const line of file.readLines()) {
      if (tags === undefined) {
        tags = parseHeader(line)?.tags;
        if (tags === undefined) return [];
      } else if (!line.startsWith(MESSAGE_LINE)) {
        const entry = parseEntry(line);
        if (entry?.type === "change") tags = changeTags(tags, entry);
      }
    }
    return tags ?? [];
  } finally {
    await file.close();
  }
}
