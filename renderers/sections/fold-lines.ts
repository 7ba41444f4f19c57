import { groupDigits } from "../text/group-digits.js";

/** Lines that show at once, the rest is in a fold: of code, of a program's output, and of anything in plain text. */
export const HEAD_LINES = { code: 24, output: 14, text: 12 } as const;

/** A fold for fewer lines than this would take as much room as the lines. */
const MIN_FOLDED_LINES = 4;

/** Most text of one section, in characters: beyond it notebooks get slow to open, and nobody reads it there. */
export const MAX_SECTION_CHARS = 100_000;

/** Longest line, in characters: browsers lay out longer ones slowly. */
export const MAX_LINE_CHARS = 5_000;

/** Lines in the order to show them, `folded` ones behind a fold. */
export interface FoldedLines<Line> {
  readonly shown: readonly Line[];
  readonly folded: readonly Line[];
}

/**
 * Shows the first lines and folds the rest; of a text that is still growing, the last lines, so that new ones are seen.
 * A fold is not worth it for a few lines.
 */
export function foldLines<Line>(lines: readonly Line[], head: number, isGrowing = false): FoldedLines<Line> {
  if (lines.length < head + MIN_FOLDED_LINES) return { shown: lines, folded: [] };
  return isGrowing
    ? { shown: lines.slice(-head), folded: lines.slice(0, -head) }
    : { shown: lines.slice(0, head), folded: lines.slice(head) };
}

/** "12 more lines", "1 more line"; "earlier" of a growing text. */
export function foldLabel(count: number, isGrowing = false): string {
  return `${groupDigits(count)} ${isGrowing ? "earlier" : "more"} line${count === 1 ? "" : "s"}`;
}

/** A text within the limits, and a note of what was cut. */
export interface CutText {
  readonly text: string;
  readonly note?: string | undefined;
}

/** Cuts a text that is too long for a notebook, at its end or, while it grows, at its beginning. */
export function cutText(text: string, isGrowing = false): CutText {
  const lines = text.length > MAX_LINE_CHARS ? text.split("\n").map(cutLine).join("\n") : text;
  if (lines.length <= MAX_SECTION_CHARS) return { text: lines };
  const cut = lines.length - MAX_SECTION_CHARS;
  const kept = isGrowing ? lines.slice(-MAX_SECTION_CHARS) : lines.slice(0, MAX_SECTION_CHARS);
  return { text: kept, note: `${groupDigits(cut)} more characters are not shown` };
}

/** A line without what browsers lay out slowly, and how much that was. */
export function cutLine(line: string): string {
  if (line.length <= MAX_LINE_CHARS) return line;
  const cut = line.length - MAX_LINE_CHARS;
  return `${line.slice(0, MAX_LINE_CHARS)} … ${groupDigits(cut)} more characters`;
}
