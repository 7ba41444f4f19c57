/** A stretch of a text to replace, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The name of the rule that found it, when it has one. */
  readonly name?: string | undefined;
}

/** What to look for, and what to put in its place. */
export interface ReplaceRule {
  /** Must be global. Where only a part is to be replaced, the rest stands in a lookbehind or lookahead, or see `pick`. */
  readonly pattern: RegExp;
  /** Which part of a match is to be replaced; undefined for none. Without it, all is. */
  readonly pick?: (match: RegExpExecArray) => Omit<Span, "text"> | undefined;
  readonly replacement: string;
  /** What it finds, in words for a report: "GitHub token". */
  readonly name?: string | undefined;
}

/**
 * Where rules match, in order and without overlap. Matches that overlap become one stretch, so that nothing of either is
 * left; it gets the replacement of the rule that stands first.
 */
export function findSpans(text: string, rules: readonly ReplaceRule[]): Span[] {
  const found = rules.flatMap(({ pattern, replacement, name, pick = wholeMatch }, rank) => {
    if (!occursIn(text, pattern)) return [];
    return [...text.matchAll(pattern)].flatMap((match) => {
      const part = pick(match);
      return part && part.end > part.start ? [{ ...part, text: replacement, name, rank }] : [];
    });
  });
  found.sort((a, b) => a.start - b.start || a.rank - b.rank);
  const merged: typeof found = [];
  for (const span of found) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) {
      merged.push(span);
      continue;
    }
    const first = span.rank < last.rank ? span : last;
    merged[merged.length - 1] = { ...first, start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}

/** Most rules match nothing in most texts, and `matchAll` copies its pattern each time. */
function occursIn(text: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  const isThere = pattern.test(text);
  pattern.lastIndex = 0;
  return isThere;
}

function wholeMatch(match: RegExpExecArray): Omit<Span, "text"> {
  return { start: match.index, end: match.index + match[0].length };
}

/** Replaces everything that the rules match. */
export function replaceAll(text: string, rules: readonly ReplaceRule[]): string {
  return replaceInChunks([text], rules)[0]!;
}

/**
 * Replaces what the rules match in a text that came in chunks, also where it stands across chunks, and returns as many
 * chunks: a replacement goes whole into the chunk where the match began, and boundaries stay where they were otherwise.
 */
export function replaceInChunks(chunks: readonly string[], rules: readonly ReplaceRule[]): string[] {
  const text = chunks.join("");
  const spans = findSpans(text, rules);
  if (spans.length === 0) return [...chunks];
  const out: string[] = [];
  let at = 0;
  let chunkEnd = 0;
  let next = 0;
  for (const chunk of chunks) {
    chunkEnd += chunk.length;
    let written = "";
    while (at < chunkEnd) {
      const span = spans[next];
      if (!span || span.start >= chunkEnd) {
        written += text.slice(at, chunkEnd);
        at = chunkEnd;
      } else {
        written += text.slice(at, span.start) + span.text;
        at = span.end;
        next++;
      }
    }
    out.push(written);
  }
  return out;
}

/** A pattern that matches a text as it stands. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A text as it stands inside a JSON string. */
export function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
