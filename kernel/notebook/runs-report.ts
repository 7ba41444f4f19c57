import type { RunEvent, RunReport } from "./run-report.js";

/** What became of one of several notebooks. */
export type NotebookRun =
  | {
      /** Its cells were run; `report` says how that went. */
      readonly type: "ran";
      readonly path: string;
      /** Where the executed notebook is. */
      readonly output: string;
      readonly durationMs: number;
      readonly report: RunReport;
    }
  | {
      /** It could not be run, or its result not be written. */
      readonly type: "failed";
      readonly path: string;
      readonly output: string;
      readonly durationMs: number;
      readonly error: unknown;
    }
  | {
      /** The run of all was interrupted before its turn came. */
      readonly type: "not-run";
      readonly path: string;
      readonly output: string;
    };

/** What a run of several notebooks did. */
export interface RunsReport {
  /** `interrupted` when the user ended it, `error` when any notebook did not end well. */
  readonly outcome: "ok" | "error" | "interrupted";
  /** In the order in which the notebooks were given. */
  readonly runs: readonly NotebookRun[];
}

/** What happens while several notebooks run; those of different notebooks interleave. */
export type RunsEvent =
  | { readonly type: "notebook-start"; readonly path: string }
  | { readonly type: "notebook-event"; readonly path: string; readonly event: RunEvent }
  | { readonly type: "notebook-end"; readonly path: string; readonly run: NotebookRun };
