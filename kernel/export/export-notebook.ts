import { format, parse, resolve } from "node:path";
import type { EmbeddedFile } from "../../renderers/page/page-html.js";
import { renderNotebookPage } from "../../renderers/page/render-notebook-page.js";
import type { ExecuteOptions } from "../notebook/execute-notebook.js";
import { formatNotebook } from "../notebook/format-notebook.js";
import type { Notebook } from "../notebook/notebook.js";
import type { RunReport } from "../notebook/run-report.js";
import { writeOutput } from "../notebook/write-output.js";
import type { RedactionReport } from "../redact/redaction-report.js";
import { openNotebook } from "./open-notebook.js";

/** How a notebook is exported. */
export interface ExportOptions extends Omit<ExecuteOptions, "onProgress"> {
  /** Where the page goes. @defaultValue the notebook's path with `.html` */
  readonly output?: string | undefined;
  /** Title of the page. @defaultValue the notebook's own, else its first heading, else its file name */
  readonly title?: string | undefined;
  /** Run the notebook first; its file stays as it is. @defaultValue false */
  readonly execute?: boolean | undefined;
  /** The outputs of each cell stand behind a fold; those of a cell that failed are open. @defaultValue false */
  readonly fold?: boolean | undefined;
  /** The code of cells is left out. @defaultValue false */
  readonly hideCode?: boolean | undefined;
  /** The notebook, as it is shown, can be saved from the page. @defaultValue false */
  readonly includeSource?: boolean | undefined;
  /** HTML of outputs is taken as it is, and its scripts run; they cannot load anything. @defaultValue false */
  readonly trust?: boolean | undefined;
  /** Secrets and home folders are taken out. @defaultValue true */
  readonly redact?: boolean | undefined;
}

/** What an export wrote. */
export interface ExportedNotebook {
  readonly path: string;
  /** How the run went, if there was one. */
  readonly report: RunReport | undefined;
  /** What was taken out; undefined with `redact: false`. */
  readonly redacted: RedactionReport | undefined;
}

/**
 * Exports a notebook to one HTML file. With `execute`, the page is written also when a cell fails or the run is
 * interrupted: it shows what was done.
 * @throws HostError for a notebook that cannot be read or run, or an output that cannot be written.
 */
export async function exportNotebook(path: string, options: ExportOptions = {}): Promise<ExportedNotebook> {
  const output = resolve(options.output ?? pagePath(path));
  const { title, fold, hideCode, trust, includeSource = false } = options;
  const { notebook, file, report, redacted } = await openNotebook(path, output, {
    ...options,
    isSaved: includeSource,
  });
  const source = includeSource ? notebookFile(notebook, file) : undefined;
  const page = renderNotebookPage(notebook, { title, name: parse(file).name, fold, hideCode, trust, source });
  // A run may have taken hours, and is nowhere else.
  await writeOutput(output, page, { isDurable: report !== undefined });
  return { path: output, report, redacted };
}

/** The notebook as it is shown. Its media type is the one that Jupyter's servers give. */
function notebookFile(notebook: Notebook, name: string): EmbeddedFile {
  return { name, mediaType: "application/x-ipynb+json", text: formatNotebook(notebook) };
}

function pagePath(path: string): string {
  const { dir, name } = parse(path);
  return format({ dir, name, ext: ".html" });
}
