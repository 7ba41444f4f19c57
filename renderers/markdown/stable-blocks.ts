import type { Token } from "markdown-it";

/** The lines of an open text: where each begins, and how many are complete (end in a line break). */
export interface SourceLines {
  readonly source: string;
  readonly starts: readonly number[];
  readonly complete: number;
}

const BLANK = /^[ \t]*$/;

/** Finds the lines of `source` as markdown-it counts them: a last line of blanks without a break does not count. */
export function sourceLines(source: string): SourceLines {
  const starts: number[] = source === "" ? [] : [0];
  let complete = 0;
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) {
    complete++;
    if (at + 1 < source.length) starts.push(at + 1);
  }
  if (starts.length > 0 && BLANK.test(source.slice(starts.at(-1)))) starts.pop();
  return { source, starts, complete };
}

/** Where line `index` begins; the end of what is complete for lines past the last. */
export function lineStart({ source, starts, complete }: SourceLines, index: number): number {
  return starts[index] ?? (index <= complete ? source.lastIndexOf("\n") + 1 : source.length);
}

function isBlankLine({ source, starts }: SourceLines, index: number): boolean {
  return (
    index < starts.length && BLANK.test(source.slice(starts[index], starts[index + 1]).replace(/\n$/, ""))
  );
}

/** The tokens of each top-level block: `[from, to)` into the token array. */
export function topLevelBlocks(tokens: readonly Token[]): [from: number, to: number][] {
  const blocks: [number, number][] = [];
  let depth = 0;
  let from = 0;
  tokens.forEach((token, i) => {
    depth += token.nesting;
    if (depth === 0) {
      blocks.push([from, i + 1]);
      from = i + 1;
    }
  });
  return blocks;
}

/** A top-level block that asks whether text yet to come can still change it. */
interface Candidate {
  readonly token: Token;
  readonly next: Token | undefined;
  readonly lines: SourceLines;
  /** First line after the block. */
  readonly end: number;
  /** A complete blank line follows. */
  readonly blankFollows: boolean;
  /** Two complete lines follow, so that no setext underline or table delimiter can still reach the block. */
  readonly twoLinesFollow: boolean;
}

/** Whether a block is final, by the type of its first token; types that are not named here stay open. */
const IS_STABLE: Readonly<Record<string, (block: Candidate) => boolean>> = {
  hr: () => true,
  heading_open: isStableHeading,
  fence: ({ end, lines }) => end < lines.starts.length,
  paragraph_open: ({ blankFollows, twoLinesFollow }) => blankFollows || twoLinesFollow,
  blockquote_open: ({ blankFollows, twoLinesFollow }) => blankFollows || twoLinesFollow,
  table_open: ({ blankFollows, twoLinesFollow }) => blankFollows || twoLinesFollow,
  code_block: ({ next }) => next !== undefined,
  reference_definition: isStableDefinition,
  bullet_list_open: isStableList,
  ordered_list_open: isStableList,
};

/**
 * Whether no text to come can change a block. Only complete lines decide, and a block waits where a later line may still
 * take it over: `# a | b` may become a table header, `[label]: url 'title` may go on.
 */
export function isStableBlock(token: Token, next: Token | undefined, lines: SourceLines): boolean {
  const end = token.map![1];
  if (end > lines.complete) return false;
  const blankFollows = end < lines.complete && isBlankLine(lines, end);
  const block = { token, next, lines, end, blankFollows, twoLinesFollow: end + 2 <= lines.complete };
  return IS_STABLE[token.type]?.(block) ?? false;
}

function isStableHeading({ token, next, lines, end, blankFollows, twoLinesFollow }: Candidate): boolean {
  const from = lines.starts[token.map![0]]!;
  const firstLine = lines.source.slice(from, lines.source.indexOf("\n", from));
  if (token.markup.startsWith("#")) return end < lines.complete || !firstLine.includes("|");
  if (!/^ *\[/.test(firstLine)) return true;
  const takesOver = next !== undefined && /^(paragraph|heading|reference|table)/.test(next.type);
  return blankFollows || (next !== undefined && twoLinesFollow && !takesOver);
}

function isStableDefinition({ lines, end, blankFollows, twoLinesFollow }: Candidate): boolean {
  if (blankFollows) return true;
  if (end >= lines.complete || !twoLinesFollow) return false;
  const next = /^[ \t]*(.)/.exec(lines.source.slice(lines.starts[end]));
  return next !== null && !/["'(]/.test(next[1]!);
}

function isStableList({ next, lines }: Candidate): boolean {
  if (!next) return false;
  const start = next.map![0];
  if (start + 2 <= lines.complete) return true;
  // The partial line after a blank one cannot become a list item any more.
  const text = lines.source.slice(lines.starts[start], lines.starts[start + 1]);
  const isPlain = /^[^\s\-+*0-9>`~#|:=<_]/.test(text);
  return start > 0 && isBlankLine(lines, start - 1) && next.type !== "code_block" && isPlain;
}
