import { rememberLast } from "../markdown/remember.js";
import { highlighter, knownLanguage } from "./languages.js";
import { pygmentsClass } from "./scope-classes.js";

/** A stretch of text with one look. */
export interface Run {
  readonly text: string;
  /** Pygments class, "" for plain text. */
  readonly className: string;
  /** True for text that a diff marks as changed within its line. */
  readonly marked?: boolean | undefined;
}

/** Longest code that is coloured, in characters; longer code is shown plain (100 kB take about 50 ms to colour). */
export const MAX_HIGHLIGHT_CHARS = 100_000;

/**
 * Splits code into coloured runs; the texts of all runs together are the code.
 *
 * The language is always given, never guessed: guessing tries every grammar and is wrong for short snippets. Runs come
 * from the HTML that highlight.js documents, not from its private token tree.
 *
 * @param language a name or alias that highlight.js knows; anything else gives plain text.
 */
export function highlightCode(code: string, language: string | undefined): readonly Run[] {
  const known = language === undefined ? undefined : knownLanguage(language);
  if (!known || code.length > MAX_HIGHLIGHT_CHARS) return [{ text: code, className: "" }];
  return code.length > MAX_REMEMBERED_CHARS ? colour(code, known) : rememberedRuns(`${known}\n${code}`);
}

/** Longest code whose runs are remembered, in characters: Claude reads a file again and again. */
const MAX_REMEMBERED_CHARS = 20_000;

const rememberedRuns = rememberLast(32, (key): readonly Run[] => {
  const at = key.indexOf("\n");
  return colour(key.slice(at + 1), key.slice(0, at));
});

function colour(code: string, language: string): Run[] {
  return mergeRuns(parseHighlighted(highlighter.highlight(code, { language, ignoreIllegals: true }).value));
}

function* parseHighlighted(html: string): Generator<Run> {
  const classes: string[] = [];
  for (const [, opened, closed, text] of html.matchAll(/<span class="([^"]*)">|(<\/span>)|([^<]+)/g)) {
    if (opened !== undefined) classes.push(opened.startsWith("language-") ? "" : pygmentsClass(opened));
    else if (closed) classes.pop();
    else if (text) yield { text: decodeEntities(text), className: classes.at(-1) ?? "" };
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/** Undoes what highlight.js escapes: exactly these five. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity]!);
}

/** Joins neighbours of one class, also over blanks between them: `export function` is one span, not two. */
function mergeRuns(runs: Iterable<Run>): Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    const before = merged.at(-2);
    if (last && last.className === run.className) {
      merged[merged.length - 1] = { ...last, text: last.text + run.text };
    } else if (last && before?.className === run.className && /^[ \t]+$/.test(last.text)) {
      merged.splice(-2, 2, { ...run, text: before.text + last.text + run.text });
    } else merged.push(run);
  }
  return merged;
}

/** Splits runs at line breaks; the breaks themselves are left out. */
export function splitRunLines(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    const [first, ...rest] = run.text.split("\n");
    if (first) lines.at(-1)!.push({ ...run, text: first });
    for (const text of rest) lines.push(text ? [{ ...run, text }] : []);
  }
  return lines;
}
