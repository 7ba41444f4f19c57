import type { ExecuteOptions } from "../notebook/execute-notebook.js";
import type { RunReport } from "../notebook/run-report.js";
import { catchSignals } from "./catch-signals.js";
import { createProgress } from "./progress.js";

/**
 * Runs cells for a command: progress on stderr, signals as interrupts.
 * @returns what the run returned, and the command's exit code: 0, 1 after a failure, 130 after Ctrl-C.
 */
export async function runWithProgress<R extends { readonly report?: RunReport | undefined }>(
  run: (options: ExecuteOptions) => Promise<R>,
): Promise<{ result: R; exitCode: number }> {
  const progress = createProgress(process.stderr);
  const caught = catchSignals(() => progress.note("Interrupting the cell; once more to stop at once."));
  try {
    const result = await run({
      signal: caught.signal,
      onEvent: progress.onEvent,
      onKernelOutput: progress.note,
    });
    const outcome = result.report?.outcome ?? "ok";
    return { result, exitCode: outcome === "ok" ? 0 : outcome === "interrupted" ? caught.exitCode() : 1 };
  } finally {
    caught.release();
    progress.end();
  }
}
