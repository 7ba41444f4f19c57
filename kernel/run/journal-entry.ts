import type { Json } from "../io/wire.js";

/** What a cell has printed and shown. */
export interface CellOutput {
  /** stdout and stderr in their order; of much text the end. */
  readonly text: string;
  /** Displays and the value, oldest first, without what would be too large; JSON as text. */
  readonly bundles: readonly Json[];
}

/** One execution of a cell. */
export interface JournalEntry extends CellOutput {
  readonly executionCount: number;
  readonly code: string;
  readonly state: "running" | "ok" | "failed";
  /** Why it failed, as the front end shows it. */
  readonly error?: CellError | undefined;
}

export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** What the cells of this kernel ran, printed and showed lately. */
export interface CellJournal {
  /** Oldest first. */
  readonly entries: readonly JournalEntry[];
  begin(cell: { readonly id: string; readonly executionCount: number }, code: string): void;
  end(cellId: string): void;
  /** Also gives what a cell shows while `work` runs. */
  during<T>(
    cellId: string,
    work: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly output: CellOutput }>;
}
