import type { MarkdownIt, StateCore, Token } from "markdown-it";
import type { SizeLimits } from "./size-limits.js";

/** Tokens of a cell: its start, its text, its end. */
const CELL_TOKENS = 3;

/**
 * A row that is shorter than its table is filled with empty cells, which a header of 500 columns over rows of one letter
 * makes three hundred times the text. Beyond a few, a row simply ends; browsers leave the rest of the line empty.
 */
export function addShortRows(md: MarkdownIt, { emptyCells }: SizeLimits): void {
  md.core.ruler.push("short_rows", (state: StateCore) => {
    state.tokens = dropEmptyCells(state.tokens, emptyCells);
  });
}

/** Counts the empty cells at the ends of the rows of one table, from its first row on. */
export interface RowFiller {
  /** The row as it is drawn: as it is, or without the cells that are too many. */
  fill(row: readonly Token[]): readonly Token[];
  /** Goes on from here later. */
  fork(): RowFiller;
}

/** @param free how many there may be; `used` of them stand already. */
export function createRowFiller(free: number, used = 0): RowFiller {
  let count = used;
  return {
    fill(row) {
      const empty = countEmptyCells(row);
      const kept = Math.min(empty, Math.max(0, free - count));
      count += empty;
      const end = row.length - 1;
      return kept === empty ? row : [...row.slice(0, end - (empty - kept) * CELL_TOKENS), row[end]!];
    },
    fork: () => createRowFiller(free, count),
  };
}

/** Empty cells at the end of a row. */
function countEmptyCells(row: readonly Token[]): number {
  let count = 0;
  for (
    let at = row.length - 3;
    at > 0 && row[at]!.type === "inline" && row[at]!.content === "";
    at -= CELL_TOKENS
  ) {
    count++;
  }
  return count;
}

function dropEmptyCells(tokens: Token[], emptyCells: number): Token[] {
  if (!tokens.some((token) => token.type === "tbody_open")) return tokens;
  const shown: Token[] = [];
  let columns = 0;
  let filler: RowFiller | undefined;
  let rowFrom = 0;
  for (const token of tokens) {
    shown.push(token);
    if (token.type === "table_open") columns = 0;
    if (token.type === "th_open") columns++;
    if (token.type === "tbody_open") filler = createRowFiller(emptyCells + 2 * columns);
    if (token.type === "tbody_close") filler = undefined;
    if (token.type === "tr_open") rowFrom = shown.length - 1;
    if (token.type !== "tr_close" || !filler) continue;
    for (const kept of filler.fill(shown.splice(rowFrom))) shown.push(kept);
  }
  return shown;
}
