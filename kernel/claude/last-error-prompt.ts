import { stripVTControlCharacters } from "node:util";
import { redactSecrets } from "../../src/redact/redact-secrets.js";
import type { JournalEntry } from "../run/journal-entry.js";

/** Longest code and longest error that are sent, in characters. */
const MAX_CHARS = 20_000;

const tasks = {
  explain: "Explain briefly why it failed and what to change. Change nothing yourself.",
  fix: "Correct the cell and put the whole of it below with the tool set_next_cell, so that I can look at it and run it. Say in a sentence what was wrong.",
} as const;

/**
 * What Claude is asked about the last cell that failed; credentials in it are replaced.
 *
 * @throws Error when none has failed.
 */
export function lastErrorPrompt(task: keyof typeof tasks, entries: readonly JournalEntry[]): string {
  const failed = entries.findLast(({ error }) => error !== undefined);
  if (!failed?.error)
    throw new Error(
      `No cell has failed lately, so there is nothing to ${task}. (The last 100 cells are kept.)`,
    );
  const error = stripVTControlCharacters(failed.error.traceback.join("\n"));
  return [
    "A cell of this TypeScript notebook failed.",
    `The cell:\n${fenced("ts", failed.code)}`,
    `The error:\n${fenced("", error)}`,
    tasks[task],
  ].join("\n\n");
}

/** In a fence that nothing in the text can close. */
function fenced(language: string, text: string): string {
  const masked = redactSecrets(text);
  const cut = masked.length > MAX_CHARS ? `${masked.slice(0, MAX_CHARS)}\n…` : masked;
  const longest = Math.max(2, ...(cut.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${cut}\n${fence}`;
}
