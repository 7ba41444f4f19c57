import type { CellFile } from "./cell-file.js";
import type { ParsedCell } from "./read-cell.js";

/** A cell in its slot. */
export interface PlacedCell {
  readonly cell: ParsedCell;
  readonly slot: number;
  readonly path: string;
  readonly file: CellFile;
}
