import { type Cell, type CodeCell, isCodeCell, type Notebook } from "./notebook.js";

/** A cell that a run takes. */
export interface SelectedCell {
  readonly cell: CodeCell;
  /** Position among all cells of the notebook, from 0. */
  readonly index: number;
  /** Position among its cells that can be run, from 1. */
  readonly number: number;
}

/** Cells with this tag are left as they are; nbclient's default. */
const SKIP_TAG = "skip-execution";

/** The code cells of a notebook that can be run: not those that are empty or tagged `skip-execution`. */
export function runnableCells({ cells }: Notebook): readonly SelectedCell[] {
  return cells
    .flatMap((cell, index) => (isRunnable(cell) ? [{ cell, index }] : []))
    .map((found, position) => ({ ...found, number: position + 1 }));
}

function isRunnable(cell: Cell): cell is CodeCell {
  return isCodeCell(cell) && cell.source.trim() !== "" && !cell.metadata.tags?.includes(SKIP_TAG);
}
