import { format, parse, resolve } from "node:path";
import { renderTurnsPage } from "../../../renderers/session/render-session-page.js";
import { writeOutput } from "../../notebook/write-output.js";
import type { RedactionReport } from "../../redact/redaction-report.js";
import { openSession } from "./open-session.js";

export interface ExportSessionOptions {
  /** Where the page goes. @defaultValue the session's path with `.html` */
  readonly output?: string | undefined;
  /** Title of the page. @defaultValue that of the conversation, else the first prompt */
  readonly title?: string | undefined;
  /** What Claude did between its words stands behind folds. @defaultValue false */
  readonly fold?: boolean | undefined;
  /** Secrets and home folders are taken out. @defaultValue true */
  readonly redact?: boolean | undefined;
}

/**
 * Exports a saved conversation to one HTML file.
 * @returns the path written, and what was taken out of it.
 * @throws HostError for a file that holds no conversation, or an output that cannot be written.
 */
export async function exportSession(
  path: string,
  options: ExportSessionOptions = {},
): Promise<{ readonly path: string; readonly redacted: RedactionReport | undefined }> {
  const { dir, name } = parse(path);
  const output = resolve(options.output ?? format({ dir, name, ext: ".html" }));
  const { title, turns, redacted } = await openSession(path, output, options.redact);
  const page = renderTurnsPage(turns, { title: options.title ?? title, fold: options.fold });
  await writeOutput(output, page, { isDurable: false });
  return { path: output, redacted };
}
