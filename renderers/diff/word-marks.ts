import { diffWordsWithSpace } from "diff";
import type { Run } from "../code/highlight-code.js";
import type { DiffLine } from "./diff-hunks.js";
import { pairLines } from "./pair-lines.js";

/** A stretch of a line that changed: from (inclusive) to (exclusive), in characters. */
export type Range = readonly [from: number, to: number];

/** Longest line whose words are compared, in characters: longer ones are minified or data. */
const MAX_LINE_CHARS = 400;

/** Least share of a line that must be unchanged: below it the marks cover nearly all and say nothing. */
const MIN_COMMON_SHARE = 0.35;

/**
 * What changed within lines: each removed line is compared with the added line of its block that is most like it.
 * @returns line → its changed stretches; lines that are new or gone as a whole are not named.
 */
export function findWordMarks(lines: readonly DiffLine[]): Map<DiffLine, readonly Range[]> {
  const marks = new Map<DiffLine, readonly Range[]>();
  let at = 0;
  while (at < lines.length) {
    const removed = takeWhile(lines, at, "-");
    const added = takeWhile(lines, at + removed.length, "+");
    for (const [i, j] of pairLines(textsOf(removed), textsOf(added))) {
      const before = removed[i]!;
      const after = added[j]!;
      const ranges = compareLines(before.text, after.text);
      if (!ranges) continue;
      marks.set(before, ranges.before);
      marks.set(after, ranges.after);
    }
    at += removed.length + added.length || 1;
  }
  return marks;
}

function takeWhile(lines: readonly DiffLine[], from: number, sign: string): DiffLine[] {
  let end = from;
  while (lines[end]?.sign === sign) end++;
  return lines.slice(from, end);
}

/** Long lines are not compared, whatever they hold. */
function textsOf(lines: readonly DiffLine[]): string[] {
  return lines.map(({ text }) => (text.length > MAX_LINE_CHARS ? "" : text));
}

function compareLines(before: string, after: string): { before: Range[]; after: Range[] } | undefined {
  if (before.length > MAX_LINE_CHARS || after.length > MAX_LINE_CHARS) return undefined;
  const ranges = { before: [] as Range[], after: [] as Range[] };
  let oldAt = 0;
  let newAt = 0;
  let common = 0;
  for (const { value, added, removed } of diffWordsWithSpace(before, after)) {
    if (removed) ranges.before.push([oldAt, oldAt + value.length]);
    if (added) ranges.after.push([newAt, newAt + value.length]);
    if (!added && !removed) common += value.trim().length;
    if (!added) oldAt += value.length;
    if (!removed) newAt += value.length;
  }
  const longest = Math.max(before.trim().length, after.trim().length);
  return common >= longest * MIN_COMMON_SHARE ? ranges : undefined;
}

/** Marks stretches of a coloured line. */
export function markRuns(runs: readonly Run[], ranges: readonly Range[]): Run[] {
  const marked: Run[] = [];
  let at = 0;
  for (const run of runs) {
    const end = at + run.text.length;
    const cuts = [...new Set([at, end, ...ranges.flat().filter((cut) => cut > at && cut < end)])].sort(
      (a, b) => a - b,
    );
    cuts.slice(0, -1).forEach((from, i) => {
      const isMarked = ranges.some(([start, stop]) => from >= start && from < stop);
      const text = run.text.slice(from - at, cuts[i + 1]! - at);
      marked.push(isMarked ? { ...run, text, marked: true } : { ...run, text });
    });
    at = end;
  }
  return marked;
}
