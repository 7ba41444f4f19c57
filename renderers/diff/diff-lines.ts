import { highlightCode, type Run, splitRunLines } from "../code/highlight-code.js";
import { runsHtml } from "../code/runs-html.js";
import { replaceInvisible } from "../html/escape.js";
import type { DiffHunk, DiffLine } from "./diff-hunks.js";
import { findWordMarks, markRuns } from "./word-marks.js";

/** Signs as they are shown: a true minus is as wide as a plus. */
const SIGNS = { " ": " ", "+": "+", "-": "\u2212" } as const;

/** Classes and colours of changed lines; the colours are translucent, so that they read on light and dark paper. */
const LOOKS = {
  " ": undefined,
  "+": 'class="cn-add" style="background-color:rgba(46,160,67,.15)"',
  "-": 'class="cn-del" style="background-color:rgba(229,72,77,.15)"',
} as const;

/** What stands between two hunks. */
const GAP = "\u22ef";

/** The lines of a diff as HTML for a `<pre>`, each with its line break; unstyled they read like `diff -u` with numbers. */
export function diffHtmlLines(hunks: readonly DiffHunk[], language: string | undefined): string[] {
  const width = numberWidth(hunks);
  return joinHunks(
    hunks.map((hunk) => hunkHtmlLines(hunk, language, width)),
    `<span class="cn-n">${GAP}</span>\n`,
  );
}

/** The lines of a diff as plain text. */
export function diffTextLines(hunks: readonly DiffHunk[]): string[] {
  const width = numberWidth(hunks);
  return joinHunks(
    hunks.map(({ lines }) => lines.map((line) => `${gutter(line, width)}${line.sign} ${line.text}`)),
    GAP,
  );
}

/** The lines of a diff as `diff -u` writes them, without numbers: what the markdown language "diff" colours. */
export function unifiedLines(hunks: readonly DiffHunk[]): string[] {
  return joinHunks(
    hunks.map(({ lines }) => lines.map((line) => replaceInvisible(line.sign + line.text))),
    GAP,
  );
}

function hunkHtmlLines({ lines }: DiffHunk, language: string | undefined, width: number): string[] {
  const runs = colourLines(lines, language);
  const marks = findWordMarks(lines);
  return lines.map((line) => {
    const code = runsHtml(markRuns(runs.get(line) ?? [], marks.get(line) ?? []));
    const text = `<span class="cn-n">${gutter(line, width)}${SIGNS[line.sign]} </span>${code}\n`;
    const look = LOOKS[line.sign];
    return look ? `<span ${look}>${text}</span>` : text;
  });
}

/** Colours each version as a whole, so that strings and comments over several lines come out right. */
function colourLines(
  lines: readonly DiffLine[],
  language: string | undefined,
): Map<DiffLine, readonly Run[]> {
  const colour = (version: readonly DiffLine[]): [DiffLine, Run[]][] => {
    const coloured = splitRunLines(highlightCode(version.map((line) => line.text).join("\n"), language));
    return version.map((line, i) => [line, coloured[i] ?? []]);
  };
  return new Map([
    ...colour(lines.filter((line) => line.sign !== "+")),
    ...colour(lines.filter((line) => line.sign !== "-")),
  ]);
}

function joinHunks(hunks: readonly string[][], gap: string): string[] {
  return hunks.flatMap((lines, i) => (i === 0 ? lines : [gap, ...lines]));
}

/** Digits of the largest line number; 0 when no line has one. */
function numberWidth(hunks: readonly DiffHunk[]): number {
  const numbers = hunks.flatMap(({ lines }) =>
    lines.map((line) => Math.max(line.oldLine ?? 0, line.newLine ?? 0)),
  );
  const largest = numbers.reduce((a, b) => Math.max(a, b), 0);
  return largest === 0 ? 0 : String(largest).length;
}

function gutter({ oldLine, newLine }: DiffLine, width: number): string {
  if (width === 0) return "";
  const cell = (line: number | undefined): string => String(line ?? "").padStart(width);
  return `${cell(oldLine)} ${cell(newLine)} `;
}
