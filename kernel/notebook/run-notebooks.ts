import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import pMap from "p-map";
import { outputPaths } from "./output-paths.js";
import { type RunOptions, runNotebook } from "./run-notebook.js";
import type { NotebookRun, RunsEvent, RunsReport } from "./runs-report.js";

/** How several notebooks are run. */
export interface RunsOptions extends Omit<RunOptions, "output" | "onEvent" | "onKernelOutput"> {
  /** How many notebooks run at a time, at least 1. @defaultValue {@link defaultJobs} */
  readonly jobs?: number | undefined;
  /** Where the executed notebooks go: a folder for all, made if need be, or a file for each. @defaultValue beside each notebook */
  readonly output?: string | readonly string[] | undefined;
  readonly onEvent?: ((event: RunsEvent) => void) | undefined;
  /** Told what the kernel of a notebook writes past it. @defaultValue it goes to stderr */
  readonly onKernelOutput?: ((text: string, path: string) => void) | undefined;
}

/** Half the processors: a kernel runs cells in one process and checks them in another. */
export function defaultJobs(): number {
  return Math.max(1, Math.floor(availableParallelism() / 2));
}

/**
 * Runs notebooks, `jobs` at a time, each on a kernel of its own. One that fails does not keep the others from running; an
 * interrupt ends all.
 * @returns what became of each; a notebook that cannot be run does not throw.
 * @throws HostError `output-unwritable` when two notebooks would be saved in one file, or over a notebook.
 */
export async function runNotebooks(
  paths: readonly string[],
  { jobs = defaultJobs(), output, onEvent, onKernelOutput, ...options }: RunsOptions = {},
): Promise<RunsReport> {
  const outputs = Array.isArray(output) ? output : outputPaths(paths, output as string | undefined);
  // Whether it can be written to, each notebook finds out for itself.
  if (typeof output === "string") await mkdir(output, { recursive: true }).catch(() => {});

  const runOne = async (path: string, index: number): Promise<NotebookRun> => {
    const output = outputs[index] ?? "";
    if (options.signal?.aborted) return { type: "not-run", path, output };
    onEvent?.({ type: "notebook-start", path });
    const startedAt = performance.now();
    const run = await runNotebook(path, {
      ...options,
      output,
      onEvent: (event) => onEvent?.({ type: "notebook-event", path, event }),
      onKernelOutput: onKernelOutput && ((text) => onKernelOutput(text, path)),
    }).then(
      ({ path: _path, ...report }): NotebookRun => ({
        type: "ran",
        path,
        output,
        report,
        ...since(startedAt),
      }),
      (error: unknown): NotebookRun => ({ type: "failed", path, output, error, ...since(startedAt) }),
    );
    onEvent?.({ type: "notebook-end", path, run });
    return run;
  };

  const runs = await pMap(paths, runOne, { concurrency: jobs });
  return { outcome: outcomeOf(runs), runs };
}

function since(startedAt: number): { durationMs: number } {
  return { durationMs: performance.now() - startedAt };
}

function outcomeOf(runs: readonly NotebookRun[]): RunsReport["outcome"] {
  const isInterrupted = (run: NotebookRun): boolean =>
    run.type === "not-run" || (run.type === "ran" && run.report.outcome === "interrupted");
  if (runs.some(isInterrupted)) return "interrupted";
  return runs.every((run) => run.type === "ran" && run.report.outcome === "ok") ? "ok" : "error";
}
