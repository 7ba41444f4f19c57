import { format, parse, resolve } from "node:path";
import { renderNotebookPage } from "../../renderers/page/render-notebook-page.js";
import { checkLanguage } from "./check-language.js";
import { type ExecuteOptions, executeNotebook } from "./execute-notebook.js";
import { readNotebook } from "./read-notebook.js";
import type { RunReport } from "./run-report.js";
import { checkWritable, writeOutput } from "./write-output.js";

/** How a notebook is exported. */
export interface ExportOptions extends Omit<ExecuteOptions, "onProgress"> {
  /** Where the page goes. @defaultValue the notebook's path with `.html` */
  readonly output?: string | undefined;
  /** Title of the page. @defaultValue the notebook's own, else its first heading, else its file name */
  readonly title?: string | undefined;
  /** Run the notebook first; its file stays as it is. @defaultValue false */
  readonly execute?: boolean | undefined;
}

/**
 * Exports a notebook to one HTML file. With `execute`, the page is written also when a cell fails or the run is
 * interrupted: it shows what was done.
 * @returns the path written, and the report of the run if there was one.
 * @throws HostError for a notebook that cannot be read or run, or an output that cannot be written.
 */
export async function exportNotebook(
  path: string,
  options: ExportOptions = {},
): Promise<{ path: string; report: RunReport | undefined }> {
  const output = resolve(options.output ?? pagePath(path));
  const notebook = await readNotebook(path);
  if (options.execute) checkLanguage(notebook, path);
  await checkWritable(output);
  const report = options.execute ? await executeNotebook(notebook, path, options) : undefined;
  await writeOutput(output, renderNotebookPage(notebook, { title: options.title, name: parse(path).name }));
  return { path: output, report };
}

function pagePath(path: string): string {
  const { dir, name } = parse(path);
  return format({ dir, name, ext: ".html" });
}
