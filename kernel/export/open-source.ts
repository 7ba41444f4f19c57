import { basename } from "node:path";
import type { SessionTurn } from "../../renderers/session/session-turns.js";
import { readSavedSession } from "../cli/commands/read-saved-session.js";
import { checkLanguage } from "../notebook/check-language.js";
import { executeNotebook } from "../notebook/execute-notebook.js";
import { readNotebook } from "../notebook/read-notebook.js";
import type { RunReport } from "../notebook/run-report.js";
import { checkWritable } from "../notebook/write-output.js";
import { redactTurns } from "../redact/redact-turns.js";
import type { RedactionReport } from "../redact/redaction-report.js";
import { createRedactor } from "../redact/redactor.js";
import type { FormatOptions } from "./export-format.js";
import type { ExportSource } from "./export-source.js";
import { type PreparedNotebook, prepareNotebook } from "./prepare-notebook.js";

export interface OpenOptions extends FormatOptions {
  /** Home folders stay in a notebook, secrets do not. @defaultValue false */
  readonly keepsHomes?: boolean | undefined;
}

export interface OpenedNotebook extends PreparedNotebook {
  readonly type: "notebook";
  readonly report: RunReport | undefined;
}

export interface OpenedSession {
  readonly type: "session";
  readonly title: string | undefined;
  readonly turns: readonly SessionTurn[];
  readonly redacted: RedactionReport | undefined;
}

/**
 * Reads a source for a format that writes it to `path`: run if that was asked for, and fit to be handed on.
 *
 * @throws HostError when it cannot be read or run, or nothing can be written to `path`.
 */
export async function openSource(
  source: ExportSource,
  path: string,
  options: OpenOptions,
): Promise<OpenedNotebook | OpenedSession> {
  return source.type === "session" ? openSession(source, path, options) : openNotebook(source, path, options);
}

async function openNotebook(
  source: ExportSource,
  path: string,
  options: OpenOptions,
): Promise<OpenedNotebook> {
  const { execute = false, redact = true, keepsHomes } = options;
  const notebook = await readNotebook(source.path, { mend: !execute });
  if (execute) checkLanguage(notebook, source.path);
  await checkWritable(path);
  const report = execute ? await executeNotebook(notebook, source.path, options) : undefined;
  const prepared = prepareNotebook(notebook, { file: basename(source.path), redact, keepsHomes });
  return { type: "notebook", report, ...prepared };
}

async function openSession(
  source: ExportSource,
  path: string,
  { redact = true }: FormatOptions,
): Promise<OpenedSession> {
  const { title, turns } = await readSavedSession(source.path);
  await checkWritable(path);
  if (!redact) return { type: "session", title, turns, redacted: undefined };
  const redactor = createRedactor();
  const shown = redactTurns(turns, redactor);
  const own = title && redactor.text(title, "title");
  return { type: "session", title: own, turns: shown, redacted: redactor.report() };
}
