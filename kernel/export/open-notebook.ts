import { basename } from "node:path";
import { checkLanguage } from "../notebook/check-language.js";
import { type ExecuteOptions, executeNotebook } from "../notebook/execute-notebook.js";
import { readNotebook } from "../notebook/read-notebook.js";
import type { RunReport } from "../notebook/run-report.js";
import { checkWritable } from "../notebook/write-output.js";
import { type PreparedNotebook, prepareNotebook } from "./prepare-notebook.js";

interface OpenOptions extends ExecuteOptions {
  /** Run the notebook first; its file stays as it is. @defaultValue false */
  readonly execute?: boolean | undefined;
  /** Secrets and home folders are taken out. @defaultValue true */
  readonly redact?: boolean | undefined;
  /** Home folders stay in, secrets do not. @defaultValue false */
  readonly keepsHomes?: boolean | undefined;
  /** Longer outputs stay whole. @defaultValue false */
  readonly isSaved?: boolean | undefined;
}

/** A notebook that may be handed on. */
export interface OpenedNotebook extends PreparedNotebook {
  /** How the run went, if there was one. */
  readonly report: RunReport | undefined;
}

/**
 * Reads a notebook of which something is written to `output`: run if that was asked for, and fit to be handed on.
 *
 * @throws HostError when it cannot be read or run, or nothing can be written to `output`.
 */
export async function openNotebook(
  path: string,
  output: string,
  options: OpenOptions,
): Promise<OpenedNotebook> {
  const { execute = false, keepsHomes, isSaved } = options;
  // What is only shown may have cells that are damaged; what is run may not.
  const notebook = await readNotebook(path, { mend: !execute });
  if (execute) checkLanguage(notebook, path);
  await checkWritable(output);
  const report = execute ? await executeNotebook(notebook, path, options) : undefined;
  // Whatever else stands there: only a plain no leaves secrets in.
  const redact = options.redact !== false;
  return { report, ...prepareNotebook(notebook, { file: basename(path), redact, keepsHomes, isSaved }) };
}
