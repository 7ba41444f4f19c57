import {
  isAssistantMessage,
  isToolResultBlock,
  isToolUseBlock,
  isUserMessage,
} from "../../src/messages/guards.js";
import type { Message } from "../../src/messages/types.js";
import { countChanges, type DiffHunk, hunksOfTexts, MAX_COMPARED_CHARS } from "../diff/diff-hunks.js";
import { unifiedLines } from "../diff/diff-lines.js";
import { type FileEdit, readFileEdit } from "./file-edits.js";

/** What a turn did to a file, whatever number of edits it took. */
export interface FileChange {
  /** As the tool was told; absolute. */
  readonly path: string;
  /** The turn made the file. */
  readonly created: boolean;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly DiffHunk[];
}

/** Finds out from the messages of a turn which files it changed. */
export interface FileChanges {
  note(message: Message): void;
  /** In the order in which they were first changed. A file that is what it was before is none of them. */
  list(): readonly FileChange[];
}

export function createFileChanges(): FileChanges {
  /** Name of the tool, by the id of its call. */
  const tools = new Map<string, string>();
  const edits = new Map<string, FileEdit[]>();
  return {
    note(message) {
      if (isAssistantMessage(message)) {
        for (const block of message.content) if (isToolUseBlock(block)) tools.set(block.id, block.name);
      }
      if (!isUserMessage(message) || typeof message.content === "string") return;
      // The CLI sends a message for each result.
      const result = message.content.find(isToolResultBlock);
      if (!result || result.is_error) return;
      const edit = readFileEdit(tools.get(result.tool_use_id) ?? "", message.tool_use_result);
      if (edit) edits.set(edit.path, [...(edits.get(edit.path) ?? []), edit]);
    },
    list: () =>
      [...edits].flatMap(([path, all]) => {
        const created = all[0]!.created;
        const hunks = together(all);
        return hunks.length > 0 || created ? [{ path, created, ...countChanges(hunks), hunks }] : [];
      }),
  };
}

/** Several edits of a file as one difference, where the whole file is known; else one after the other. */
function together(edits: readonly FileEdit[]): readonly DiffHunk[] {
  const before = edits[0]!.before;
  const after = edits.at(-1)!.after;
  const isKnown = before !== undefined && after !== undefined;
  const isSmall = isKnown && Math.max(before.length, after.length) <= MAX_COMPARED_CHARS;
  return edits.length > 1 && isSmall
    ? hunksOfTexts(before, after, true)
    : edits.flatMap(({ hunks }) => hunks);
}

/** The changes as a diff in plain text. */
export function fileChangesText(files: readonly FileChange[]): string {
  return files.map(({ path, hunks }) => [`+++ ${path}`, ...unifiedLines(hunks)].join("\n")).join("\n");
}
