import type { MatchLine } from "../sections/section.js";

/** Longest line and pattern that are searched, in characters, and most marks of a line. */
const MAX_LINE_CHARS = 400;
const MAX_PATTERN_CHARS = 200;
const MAX_MARKS = 50;

/**
 * One piece of a pattern that is safe to run: an escape, a class or a plain character, with a quantifier; `(`, `)` and `|`.
 * A pattern comes from the model, and JavaScript's engine can take forever on a hostile one: repetitions of groups are not
 * run at all, and of single characters at most {@link MAX_REPETITIONS}.
 */
const PIECE =
  /(\\[bBwWsSdD.*+?^$()[\]{}|/\\-]|\[\^?(?:\\[\\\]\-^wsd]|[^\\[\]])+\]|[^\\[\](){}*+?|])([*+?]\??)?|\((?:\?:)?|\)(?![*+?{])|\|/y;
const MAX_REPETITIONS = 1;

/** The expression that finds what a search found; undefined when it cannot be run safely or at all. */
export function patternFinder(pattern: string, ignoreCase: boolean): RegExp | undefined {
  if (pattern === "" || pattern.length > MAX_PATTERN_CHARS) return undefined;
  let repetitions = 0;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < pattern.length) {
    const piece = PIECE.exec(pattern);
    if (!piece) return undefined;
    if (piece[2] !== undefined && !piece[2].startsWith("?")) repetitions++;
  }
  if (repetitions > MAX_REPETITIONS) return undefined;
  try {
    return new RegExp(pattern, ignoreCase ? "gi" : "g");
  } catch {
    return undefined;
  }
}

/** Where a finder finds something in a line. */
export function markLine(text: string, finder: RegExp | undefined): MatchLine["marks"] {
  if (!finder || text.length > MAX_LINE_CHARS) return [];
  const marks: [number, number][] = [];
  for (const match of text.matchAll(finder)) {
    if (match[0] !== "") marks.push([match.index, match.index + match[0].length]);
    if (marks.length >= MAX_MARKS) break;
  }
  return marks;
}
