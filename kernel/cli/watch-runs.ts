import type { NotebookRun, RunsReport } from "../notebook/runs-report.js";
import { catchSignals } from "./catch-signals.js";
import { reportError } from "./report-error.js";
import { watchFiles } from "./watch-files.js";

export interface WatchOptions {
  readonly notebooks: readonly string[];
  /** Files that all notebooks depend on. */
  readonly others: readonly string[];
  /** Runs some of the notebooks, until `signal` ends it. */
  readonly run: (notebooks: readonly string[], signal: AbortSignal) => Promise<RunsReport>;
  /** Told what is known of all notebooks after each round. */
  readonly onRound: (report: RunsReport) => Promise<void>;
  readonly note: (text: string) => void;
}

/**
 * Runs notebooks, and again those that change, until the user ends it. A change during a run interrupts it: what it would
 * show is out of date.
 * @returns the exit code: of the signal that ended it.
 */
export async function watchRuns({ notebooks, others, run, onRound, note }: WatchOptions): Promise<number> {
  const latest = new Map<string, NotebookRun>(
    notebooks.map((path) => [path, { type: "not-run", path, output: "" }]),
  );
  let due = new Set(notebooks);
  let wake = (): void => {};
  const caught = catchSignals(() => wake());
  let unwatch = (): void => {};
  try {
    unwatch = await watchFiles([...notebooks, ...others], (path) => {
      for (const each of others.includes(path) ? notebooks : [path]) due.add(each);
      wake();
    });
    while (!caught.signal.aborted) {
      const now = due;
      due = new Set();
      const restart = new AbortController();
      wake = () => restart.abort();
      const report = await run([...now], AbortSignal.any([caught.signal, restart.signal])).catch(reportError);
      if (typeof report === "object") {
        for (const each of report.runs) latest.set(each.path, each);
        await onRound({ outcome: report.outcome, runs: [...latest.values()] });
      }
      // What was cut short runs again with what has changed.
      if (restart.signal.aborted) for (const path of now) due.add(path);
      else note("Waiting for a change; Ctrl-C ends.");
      if (due.size > 0 || caught.signal.aborted) continue;
      await new Promise<void>((changed) => {
        wake = changed;
        if (due.size > 0 || caught.signal.aborted) changed();
      });
    }
  } finally {
    caught.release();
    unwatch();
  }
  return caught.exitCode();
}
