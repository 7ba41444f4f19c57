import { structuredPatch } from "diff";

/** A line of a diff; it has the number in each version that holds it, when the numbers are known. */
export interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
  readonly oldLine?: number | undefined;
  readonly newLine?: number | undefined;
}

/** Changed lines that stand together, with some unchanged ones around them. */
export interface DiffHunk {
  readonly lines: readonly DiffLine[];
}

/** Unchanged lines around a change, as in `diff -u`. */
const CONTEXT_LINES = 3;

/**
 * Longest texts that are compared line by line, in characters each: the comparison is quadratic in the number of changes.
 * Longer ones are shown as removed and added whole.
 */
export const MAX_COMPARED_CHARS = 60_000;

/**
 * Most lines that may differ for two texts to be compared line by line: the comparison takes time with its square (0.1 s here, six
 * seconds without a limit for 11 KB of which no line is left). Beyond it little is common that a diff could show.
 */
const MAX_CHANGED_LINES = 600;

/** The hunks of a `structuredPatch` as the CLI sends it with an edit; undefined when it has another shape. */
export function hunksOfPatch(patch: unknown): DiffHunk[] | undefined {
  if (!Array.isArray(patch) || patch.length === 0 || !patch.every(isPatchHunk)) return undefined;
  return patch.map(({ oldStart, newStart, lines }) => ({ lines: numberLines(lines, oldStart, newStart) }));
}

interface PatchHunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

function isPatchHunk(hunk: unknown): hunk is PatchHunk {
  const { oldStart, newStart, lines } = (hunk ?? {}) as Partial<Record<keyof PatchHunk, unknown>>;
  const isText = Array.isArray(lines) && lines.every((line) => typeof line === "string");
  return Number.isSafeInteger(oldStart) && Number.isSafeInteger(newStart) && isText;
}

function numberLines(lines: readonly string[], oldStart: number, newStart: number): DiffLine[] {
  let oldLine = oldStart;
  let newLine = newStart;
  return lines
    .filter((line) => !line.startsWith("\\"))
    .map((line) => {
      const text = line.slice(1);
      if (line.startsWith("-")) return { sign: "-", text, oldLine: oldLine++ };
      if (line.startsWith("+")) return { sign: "+", text, newLine: newLine++ };
      return { sign: " ", text, oldLine: oldLine++, newLine: newLine++ };
    });
}

/**
 * The difference of two texts.
 *
 * @param isWhole true for whole files or cells, whose lines have numbers; the place of a piece is not known.
 */
export function hunksOfTexts(before: string, after: string, isWhole = false): DiffHunk[] {
  if (before.length > MAX_COMPARED_CHARS || after.length > MAX_COMPARED_CHARS)
    return [replacedHunk(before, after)];
  const patch = structuredPatch("", "", before, after, "", "", {
    context: CONTEXT_LINES,
    maxEditLength: MAX_CHANGED_LINES,
  });
  if (!patch) return [replacedHunk(before, after)];
  return patch.hunks.map(({ lines, oldStart, newStart }) => ({
    lines: numberLines(lines, oldStart, newStart).map((line) =>
      isWhole ? line : { sign: line.sign, text: line.text },
    ),
  }));
}

/** A text before and after one of several edits. */
export type TextChange = readonly [before: string, after: string];

/** The differences of several pieces of a file; what is beyond what is compared in all is shown as removed and added whole. */
export function hunksOfChanges(changes: readonly TextChange[]): DiffHunk[] {
  let left = MAX_COMPARED_CHARS;
  return changes.flatMap(([before, after]) => {
    left -= Math.max(before.length, after.length);
    return left < 0 ? [replacedHunk(before, after)] : hunksOfTexts(before, after);
  });
}

/** All of `before` removed, all of `after` added: for text that is still being written, so that nothing jumps. */
export function replacedHunk(before: string, after: string): DiffHunk {
  const lines = (sign: "+" | "-", text: string): DiffLine[] =>
    text === ""
      ? []
      : text
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => ({ sign, text: line }));
  return { lines: [...lines("-", before), ...lines("+", after)] };
}

/** How many lines a diff adds and removes. */
export function countChanges(hunks: readonly DiffHunk[]): { added: number; removed: number } {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.sign === "+").length,
    removed: lines.filter((line) => line.sign === "-").length,
  };
}
