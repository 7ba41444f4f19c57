import type { ExecuteOptions } from "../notebook/execute-notebook.js";
import type { RunReport } from "../notebook/run-report.js";
import { catchSignals } from "./catch-signals.js";
import { createProgress } from "./progress.js";

/** What runs for a command get from it: its signals as an interrupt, and a place for the kernels' own output. */
export interface Interruptible {
  readonly signal: AbortSignal;
  readonly onKernelOutput: (text: string) => void;
}

/** Where a command shows what it does. */
interface Notes {
  note(text: string): void;
  end(): void;
}

/**
 * Runs cells for a command: progress on stderr, signals as interrupts.
 * @returns what the run returned, and the command's exit code: 0, 1 after a failure, 130 after Ctrl-C.
 */
export async function runWithProgress<R extends { readonly report?: RunReport | undefined }>(
  run: (options: Interruptible & Pick<ExecuteOptions, "onEvent">) => Promise<R>,
): Promise<{ result: R; exitCode: number }> {
  const progress = createProgress(process.stderr);
  return runInterruptibly(progress, (options) => run({ ...options, onEvent: progress.onEvent }));
}

/** As {@link runWithProgress}, with a progress of the caller's. */
export async function runInterruptibly<
  R extends { readonly report?: { readonly outcome: string } | undefined },
>(progress: Notes, run: (options: Interruptible) => Promise<R>): Promise<{ result: R; exitCode: number }> {
  const caught = catchSignals(() => progress.note("Interrupting the cell; once more to stop at once."));
  try {
    const result = await run({ signal: caught.signal, onKernelOutput: progress.note });
    const outcome = result.report?.outcome ?? "ok";
    return { result, exitCode: outcome === "ok" ? 0 : outcome === "interrupted" ? caught.exitCode() : 1 };
  } finally {
    caught.release();
    progress.end();
  }
}
