import type { FormatOptions, WrittenExport } from "./export-format.js";
import type { ExportSource } from "./export-source.js";

/** Writes the one page that loads nothing. */
export async function writeHtml(
  source: ExportSource,
  path: string,
  options: FormatOptions,
): Promise<WrittenExport> {
  // Each brings its renderers: a notebook's page needs none of a conversation's.
  if (source.type === "session") {
    const { exportSession } = await import("./session/export-session.js");
    const { redacted } = await exportSession(source.path, { ...options, output: path });
    return { redacted, notes: [] };
  }
  const { exportNotebook } = await import("./export-notebook.js");
  const { report, redacted } = await exportNotebook(source.path, { ...options, output: path });
  return { report, redacted, notes: [] };
}
