import type { Message } from "../../src/messages/types.js";
import { readSavedSession } from "../cli/commands/read-saved-session.js";
import { checkLanguage } from "../notebook/check-language.js";
import { executeNotebook } from "../notebook/execute-notebook.js";
import type { Notebook } from "../notebook/notebook.js";
import { readNotebook } from "../notebook/read-notebook.js";
import type { RunReport } from "../notebook/run-report.js";
import { checkWritable } from "../notebook/write-output.js";
import type { FormatOptions } from "./export-format.js";
import type { ExportSource } from "./export-source.js";
import { redactTexts } from "./redact-texts.js";

/** What stands in a source, fit to be handed on: run if that was asked for, and without credentials. */
export type OpenedSource =
  | { readonly type: "notebook"; readonly notebook: Notebook; readonly report: RunReport | undefined }
  | { readonly type: "session"; readonly messages: readonly Message[] };

/**
 * Reads a source for a format that writes it to `path`.
 *
 * @throws HostError when it cannot be read or run, or nothing can be written to `path`.
 */
export async function openSource(
  source: ExportSource,
  path: string,
  options: FormatOptions,
): Promise<OpenedSource> {
  if (source.type === "session") {
    const messages = await readSavedSession(source.path);
    await checkWritable(path);
    return { type: "session", messages: redactTexts(messages) };
  }
  const notebook = await readNotebook(source.path);
  if (options.execute) checkLanguage(notebook, source.path);
  await checkWritable(path);
  const report = options.execute ? await executeNotebook(notebook, source.path, options) : undefined;
  return { type: "notebook", notebook: redactTexts(notebook), report };
}
