import type { RunReport } from "../notebook/run-report.js";
import type { RedactionReport } from "../redact/redaction-report.js";
import type { ExportOptions } from "./export-notebook.js";
import type { ExportSource, SourceType } from "./export-source.js";

export type FormatName = "html" | "markdown" | "script" | "pdf";

/** What an export may be told; a format passes over what does not concern it. */
export interface FormatOptions extends Omit<ExportOptions, "output"> {
  /** Pictures of markdown stand in the text as `data:` addresses instead of in files beside it. @defaultValue false */
  readonly embedImages?: boolean | undefined;
}

/** What was written. */
export interface WrittenExport {
  /** Of the run, if the notebook was run first. */
  readonly report?: RunReport | undefined;
  /** What was taken out; undefined when it was not looked through. */
  readonly redacted: RedactionReport | undefined;
  /** What the reader should know of the export, a sentence each. */
  readonly notes: readonly string[];
}

/** One format: a row of the table in `export-formats.ts`. Its work is imported when it is chosen. */
export interface ExportFormat {
  readonly name: FormatName;
  /** One line for the help. */
  readonly summary: string;
  /** With its dot. */
  readonly extension: string;
  readonly takes: readonly SourceType[];
  /** Options of the command line that concern this format and not every other. */
  readonly options: readonly string[];
  /** Whether a folder of such files gets an index page. */
  readonly hasIndex?: boolean;
  /**
   * Writes one source to `path`, whose folder is there.
   *
   * @throws HostError what is wrong with the source or the place.
   */
  write(source: ExportSource, path: string, options: FormatOptions): Promise<WrittenExport>;
}
