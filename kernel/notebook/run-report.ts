import type { Notebook } from "./notebook.js";

/** How a run ended. `ok` also when cells failed that were allowed to. */
export type RunOutcome = "ok" | "error" | "timeout" | "interrupted" | "kernel-died" | "server-lost";

/** A run that its server's loss ended, and that began again from the first cell on a fresh kernel. */
export interface CutOff {
  /** The server's address. */
  readonly baseUrl: string;
  /** The cell that was running, counted from 1 among those that are run; 0 before the first. */
  readonly number: number;
  /** What was lost, in a sentence. */
  readonly message: string;
}

/** A cell that did not end well. */
export interface CellFailure {
  /** Position among all cells of the notebook, from 0. */
  readonly index: number;
  /** Position among the cells that can be run, from 1: what the progress shows. */
  readonly number: number;
  readonly outcome: Exclude<RunOutcome, "ok">;
  /** Name and message of the error, in one line. */
  readonly message: string;
  /** Lines with ANSI colours, as the kernel sent them. */
  readonly traceback: readonly string[];
  /** Tagged `raises-exception`: it may fail. */
  readonly isExpected: boolean;
}

/** A cell that was to be run. */
export interface CellRun {
  /** Position among all cells of the notebook, from 0. */
  readonly index: number;
  /** Position among its cells that can be run, from 1. */
  readonly number: number;
  readonly source: string;
  /** Undefined when its turn did not come. */
  readonly durationMs: number | undefined;
  readonly failure: CellFailure | undefined;
}

/** What a run did; a run that failed has the same shape. */
export interface RunReport {
  readonly outcome: RunOutcome;
  /** With the outputs so far. */
  readonly notebook: Notebook;
  /** Cells that were run, the failed ones among them. */
  readonly executed: number;
  /** Cells that there were to run. */
  readonly total: number;
  /** All that there were to run, in order. */
  readonly cells: readonly CellRun[];
  /** All failures, also the allowed ones; the last is the one that ended the run. */
  readonly failures: readonly CellFailure[];
  /** The runs before this one, oldest first; undefined when it is the first. */
  readonly cutOffs?: readonly CutOff[] | undefined;
}

/** What happens during a run, in order. `number` and `total` count the cells that can be run. */
export type RunEvent =
  | { readonly type: "kernel-starting" }
  /** The run goes on from the first cell, on another kernel. */
  | { readonly type: "run-again"; readonly cutOff: CutOff }
  | { readonly type: "cell-start"; readonly number: number; readonly total: number; readonly source: string }
  | {
      readonly type: "cell-end";
      readonly number: number;
      readonly total: number;
      readonly source: string;
      readonly durationMs: number;
      readonly failure: CellFailure | undefined;
    };
