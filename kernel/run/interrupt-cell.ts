import { abortQueries } from "../../src/active-queries.js";
import type { Cell } from "./cell.js";

/** Stops a cell that awaits something: its promise, its signal, and the queries it has asked Claude. */
export function interruptCell(cell: Cell): void {
  cell.interrupt();
  void abortQueries((origin) => origin.context === cell, cell.signal.reason);
}
