import { findSpans, type ReplaceRule, type Span } from "./spans.js";

/** What stands in a text and is not read as it stands: colours of a terminal, tags, entities. */
export interface Markup {
  /** Must be global. */
  readonly pattern: RegExp;
  /** What a reader sees in the place of a mark. */
  readonly shown: (mark: string) => string;
}

/** Text without any. */
export const PLAIN: Markup = { pattern: /(?!)/g, shown: (mark) => mark };

/** Escape sequences of terminals, which a credential that is printed in colour begins and ends with. */
export const TERMINAL: Markup = {
  pattern: /\u001b\[[0-9;:?]*[A-Za-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g,
  shown: () => "",
};

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: "&",
  lt: "<",
  gt: ">",
  nbsp: " ",
};

/** Elements that do not end a word, such as the colours of code. */
const INLINE =
  /^<(?:!--|\/?(?:a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tspan|tt|u|var|wbr)\b)/i;

const TAG = "<[a-z/!][^<>]*>";
const ENTITY = "&(?:quot|apos|amp|lt|gt|nbsp|#\\d{1,7}|#x[0-9a-f]{1,6});";

/** Tags and the entities that programs write. */
export const HTML: Markup = { pattern: new RegExp(`${TAG}|${ENTITY}`, "gi"), shown: showMark };

/** What tags say themselves: their entities alone are read otherwise. */
export const ATTRIBUTES: Markup = { pattern: new RegExp(ENTITY, "gi"), shown: showMark };

/** What may stand in markdown inside of a word: emphasis, code, escaped signs, tags and entities. */
export const MARKDOWN: Markup = {
  pattern: new RegExp(`(?<=[\\w-])(?:(?:[*~]{1,3}|\`{1,3})(?=[\\w-])|\\\\(?=[_-]))|${TAG}|${ENTITY}`, "gi"),
  shown: showMark,
};

function showMark(mark: string): string {
  if (mark.startsWith("&")) return decodeEntity(mark.slice(1, -1));
  return !mark.startsWith("<") || INLINE.test(mark) ? "" : "\n";
}

function decodeEntity(name: string): string {
  if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()] ?? "";
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}

/** A stretch of a text that is text, or a mark. */
interface Stretch {
  readonly source: string;
  readonly shown: string;
}

/**
 * Replaces what the rules match in a text as it is read, without its markup. Marks inside of a match stay, so that colours and
 * elements end where they ended; entities inside of it go.
 *
 * @param onReplace is told each match and what it was.
 */
export function replaceAsShown(
  text: string,
  rules: readonly ReplaceRule[],
  markup: Markup = PLAIN,
  onReplace: (span: Span, found: string) => void = () => {},
): string {
  const stretches = split(text, markup);
  const shown = stretches.map((stretch) => stretch.shown).join("");
  const spans = findSpans(shown, rules);
  if (spans.length === 0) return text;
  for (const span of spans) onReplace(span, shown.slice(span.start, span.end));
  let at = 0;
  let next = 0;
  let written = "";
  for (const { source, shown: own } of stretches) {
    const end = at + own.length;
    const isMark = source !== own;
    if (own === "") written += source;
    while (at < end) {
      const span = spans[next];
      if (!span || span.start >= end) {
        written += isMark ? source : own.slice(own.length - (end - at));
        at = end;
      } else {
        const from = own.length - (end - at);
        if (span.start >= at) written += (isMark ? "" : own.slice(from, from + span.start - at)) + span.text;
        at = Math.min(end, span.end);
        if (isMark && source.startsWith("<")) written += source;
        if (span.end <= end) next++;
      }
    }
  }
  return written;
}

function split(text: string, { pattern, shown }: Markup): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { 0: mark, index } of text.matchAll(pattern)) {
    if (index > at) stretches.push({ source: text.slice(at, index), shown: text.slice(at, index) });
    stretches.push({ source: mark, shown: shown(mark) });
    at = index + mark.length;
  }
  if (at < text.length || stretches.length === 0)
    stretches.push({ source: text.slice(at), shown: text.slice(at) });
  return stretches;
}
