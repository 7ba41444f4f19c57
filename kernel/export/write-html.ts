import { exportSession } from "../cli/commands/export-session.js";
import { exportNotebook } from "../notebook/export-notebook.js";
import type { FormatOptions, WrittenExport } from "./export-format.js";
import type { ExportSource } from "./export-source.js";

/** Writes the one page that loads nothing. */
export async function writeHtml(
  source: ExportSource,
  path: string,
  options: FormatOptions,
): Promise<WrittenExport> {
  if (source.type === "session") {
    const { redacted } = await exportSession(source.path, { ...options, output: path });
    return { redacted, notes: [] };
  }
  const { report, redacted } = await exportNotebook(source.path, { ...options, output: path });
  return { report, redacted, notes: [] };
}
