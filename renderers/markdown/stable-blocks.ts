import type { Token } from "markdown-it";
import { isBlankLine, isSealed, type SourceLines } from "./source-lines.js";

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
}

const isSealedBlock = ({ lines, end }: Candidate): boolean => isSealed(lines, end);
const isOverBeforeNext = ({ next, lines }: Candidate): boolean =>
  next !== undefined && isListOver(next, lines);

/** Whether a block is final, by the type of its first token; types that are not named here stay open. */
const IS_STABLE: Readonly<Record<string, (block: Candidate) => boolean>> = {
  hr: () => true,
  math_block: () => true,
  heading_open: isStableHeading,
  fence: ({ end, lines }) => end < lines.starts.length,
  paragraph_open: isSealedBlock,
  blockquote_open: isSealedBlock,
  table_open: isSealedBlock,
  code_block: ({ next }) => next !== undefined,
  reference_definition: isStableDefinition,
  bullet_list_open: isOverBeforeNext,
  ordered_list_open: isOverBeforeNext,
  footnote_open: isOverBeforeNext,
};

/**
 * Whether no text to come can change a block. Only complete lines decide, and a block waits where a later line may still
 * take it over: `# a | b` may become a table header, `[label]: url 'title` may go on.
 */
export function isStableBlock(token: Token, next: Token | undefined, lines: SourceLines): boolean {
  const end = token.map![1];
  return end <= lines.complete && (IS_STABLE[token.type]?.({ token, next, lines, end }) ?? false);
}

function isStableHeading({ token, next, lines, end }: Candidate): boolean {
  const from = lines.starts[token.map![0]]!;
  const firstLine = lines.source.slice(from, lines.source.indexOf("\n", from));
  if (token.markup.startsWith("#")) return end < lines.complete || !firstLine.includes("|");
  if (!/^ *\[/.test(firstLine)) return true;
  if (isBlankFollowing(lines, end)) return true;
  const takesOver = next !== undefined && /^(paragraph|heading|reference|table)/.test(next.type);
  return next !== undefined && end + 2 <= lines.complete && !takesOver;
}

function isStableDefinition({ lines, end }: Candidate): boolean {
  if (isBlankFollowing(lines, end)) return true;
  if (end + 2 > lines.complete) return false;
  const next = /^[ \t]*(.)/.exec(lines.source.slice(lines.starts[end], lines.starts[end + 1]));
  return next !== null && !/["'(]/.test(next[1]!);
}

function isBlankFollowing(lines: SourceLines, end: number): boolean {
  return end < lines.complete && isBlankLine(lines, end);
}

/** Whether a list, or a note, before the block `next` can take no more lines. */
export function isListOver(next: Token, lines: SourceLines): boolean {
  const start = next.map![0];
  if (start + 2 <= lines.complete) return true;
  // The partial line after a blank one cannot become a list item any more.
  const text = lines.source.slice(lines.starts[start], lines.starts[start + 1]);
  const isPlain = /^[^\s\-+*0-9>`~#|:=<_]/.test(text);
  return start > 0 && isBlankLine(lines, start - 1) && next.type !== "code_block" && isPlain;
}

/** How many of the top-level blocks, from the first, are final. */
export function countStable(
  blocks: readonly [number, number][],
  tokens: readonly Token[],
  lines: SourceLines,
): number {
  const firstOf = (index: number): Token | undefined => tokens[blocks[index]?.[0] ?? -1];
  const open = blocks.findIndex((_, i) => !isStableBlock(firstOf(i)!, firstOf(i + 1), lines));
  return open === -1 ? blocks.length : open;
}
