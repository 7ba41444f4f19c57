import { HostError } from "../host-error.js";
import type { Cell, Notebook } from "./notebook.js";
import { runnableCells, type SelectedCell } from "./runnable-cells.js";

/** Which cells a run takes. Each end is a number as the progress shows it, a cell's id, or a tag. */
export interface CellRange {
  /** The first cell. Of those before it only definitions are run; the others keep their outputs. @defaultValue the first */
  readonly from?: string | undefined;
  /** The last cell; those behind it keep their outputs. @defaultValue the last */
  readonly until?: string | undefined;
}

/**
 * Picks the cells of a run.
 * @throws HostError `cell-not-found` when an end of the range is none of the notebook's cells; `cell-left-out` when a cell
 * of the run needs one that is left out.
 */
export async function selectCells(
  notebook: Notebook,
  { from, until }: CellRange,
): Promise<readonly SelectedCell[]> {
  const runnable = runnableCells(notebook);
  const first = from === undefined ? 0 : findCell(notebook, runnable, from, "from");
  const last = until === undefined ? Infinity : findCell(notebook, runnable, until, "until");
  if (first > last) {
    throw notFound(`The cell "${until}" to end with stands before the cell "${from}" to start from.`);
  }
  const inTime = runnable.filter(({ index }) => index <= last);
  if (from === undefined) return inTime;
  // Here, not at the top: whole runs need no parser.
  const [{ isDefinition }, { checkLeftOut }] = await Promise.all([
    import("./is-definition.js"),
    import("./check-left-out.js"),
  ]);
  const selected = inTime.filter(({ cell, index }) => index >= first || isDefinition(cell));
  checkLeftOut(inTime, selected);
  return selected;
}

/** The place among all cells of the one that is meant. */
function findCell(
  { cells }: Notebook,
  runnable: readonly SelectedCell[],
  name: string,
  end: "from" | "until",
): number {
  const byNumber = /^[1-9]\d*$/.test(name) ? runnable[Number(name) - 1] : undefined;
  if (byNumber !== undefined) return byNumber.index;
  const byId = cells.findIndex(({ id }) => id === name);
  if (byId >= 0) return byId;
  const hasTag = ({ metadata }: Cell): boolean => metadata.tags?.includes(name) ?? false;
  const byTag = end === "from" ? cells.findIndex(hasTag) : cells.findLastIndex(hasTag);
  if (byTag >= 0) return byTag;
  throw notFound(
    `There is no cell "${name}" to ${end === "from" ? "start from" : "end with"}: the notebook has ${runnable.length} cells that can be run.`,
  );
}

function notFound(message: string): HostError {
  return new HostError("cell-not-found", message, {
    hints: ["Name a cell by the number that the progress shows, its id, or a tag of it"],
  });
}
