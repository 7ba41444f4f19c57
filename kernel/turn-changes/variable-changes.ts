/** What code of a turn did to the notebook's variables. What it changed inside of objects is not seen. */
export interface VariableChanges {
  /** Runs code of the turn, and notes which of the variables that were there it sets. */
  during<T>(code: string, work: () => Promise<T>): Promise<T>;
  /** Those that have an earlier value. */
  readonly names: readonly string[];
  /** Those of them that have another value by now than the turn left them with. */
  changedSince(): readonly string[];
  /** Gives them their earlier values. @returns their names */
  restore(): Promise<readonly string[]>;
}
