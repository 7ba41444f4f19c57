import { readCell } from "../../compile/typescript/read-cell.js";

/** Whether a cell can declare a variable of this name: neither `my-name` nor `class` is one. */
export function isVariableName(name: string): boolean {
  // The pattern first: the parser alone would also take `a, b` or `a; evil()`.
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && readCell(`let ${name};`).errors.length === 0;
}
