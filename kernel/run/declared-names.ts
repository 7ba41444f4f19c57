import type { Scope } from "./evaluate-script.js";

/** Where the value of a cell's last expression stands while the cell runs. */
const LAST_EXPRESSION = /^tsLastExpr\d*$/;

/** The names of values that the cells have declared. */
export function declaredNames(scope: Scope): string[] {
  return Object.keys(scope).filter((name) => !LAST_EXPRESSION.test(name));
}
