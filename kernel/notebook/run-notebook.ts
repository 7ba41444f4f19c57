import { format, parse, resolve } from "node:path";
import { checkLanguage } from "./check-language.js";
import { type ExecuteOptions, executeNotebook } from "./execute-notebook.js";
import { readNotebook } from "./read-notebook.js";
import type { RunReport } from "./run-report.js";
import { writeNotebook } from "./write-notebook.js";
import { checkWritable } from "./write-output.js";

/** How a notebook file is run, and where the result goes. */
export interface RunOptions extends Omit<ExecuteOptions, "onProgress"> {
  /** Where the executed notebook goes; it may be the notebook itself. @defaultValue {@link executedPath} */
  readonly output?: string | undefined;
}

/**
 * Runs a notebook and writes it with its outputs: before the first cell, after each, and at the end, so that a run that
 * is cut short leaves a valid notebook with what was done.
 * @returns what happened, with the path written; a cell that fails does not throw.
 * @throws HostError for a notebook that cannot be run, an output that cannot be written, a kernel that does not start.
 */
export async function runNotebook(
  path: string,
  options: RunOptions = {},
): Promise<RunReport & { path: string }> {
  const output = resolve(options.output ?? executedPath(path));
  const notebook = await readNotebook(path);
  checkLanguage(notebook, path);
  await checkWritable(output);
  const report = await executeNotebook(notebook, path, {
    ...options,
    onProgress: (current) => writeNotebook(output, current),
  });
  return { ...report, path: output };
}

/** `analysis.ipynb` → `analysis.executed.ipynb`: the source stays as its author wrote it. */
export function executedPath(path: string): string {
  const { dir, name } = parse(path);
  return format({ dir, name: `${name}.executed`, ext: ".ipynb" });
}
