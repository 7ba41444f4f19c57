import type { ParsedCell } from "../../compile/typescript/read-cell.js";
import type { CellNames } from "./cell-names.js";

/** A cell of code on its way into a script. */
export interface ScriptCell {
  /** Among all cells of the notebook, from 1. */
  readonly number: number;
  /** Its TypeScript: what magics said is code or comments by now. */
  readonly parsed: ParsedCell;
  readonly names: CellNames;
  /** Whether the notebook shows the value of its last expression. */
  readonly showsResult: boolean;
}
