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

export function isBlankLine({ source, starts }: SourceLines, index: number): boolean {
  return (
    index < starts.length && BLANK.test(source.slice(starts[index], starts[index + 1]).replace(/\n$/, ""))
  );
}

/** Whether no line to come can belong to what ends before line `end`: a blank line follows, or two complete lines do. */
export function isSealed(lines: SourceLines, end: number): boolean {
  return (end < lines.complete && isBlankLine(lines, end)) || end + 2 <= lines.complete;
}

export function skipBlankLines(source: string): string {
  let from = 0;
  for (let end = source.indexOf("\n"); end !== -1; end = source.indexOf("\n", from)) {
    if (!BLANK.test(source.slice(from, end))) break;
    from = end + 1;
  }
  return source.slice(from);
}

export function countLineBreaks(source: string): number {
  let count = 0;
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) count++;
  return count;
}
