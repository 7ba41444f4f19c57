import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkWritable, writeOutput } from "../notebook/write-output.js";
import type { FormatOptions, WrittenExport } from "./export-format.js";
import type { ExportSource } from "./export-source.js";
import { findBrowser } from "./pdf/find-browser.js";
import { printPage } from "./pdf/print-page.js";
import { writeHtml } from "./write-html.js";

/** Prints the HTML page by a browser of this machine. */
export async function writePdf(
  source: ExportSource,
  path: string,
  options: FormatOptions,
): Promise<WrittenExport> {
  // Before a notebook is run for nothing.
  const browser = await findBrowser();
  await checkWritable(path);
  const folder = await mkdtemp(join(tmpdir(), "claude-notebook-page-"));
  try {
    const page = join(folder, "page.html");
    const written = await writeHtml(source, page, options);
    const html = openedFolds(await readFile(page, "utf8"));
    await writeOutput(path, await printPage(browser, html, { signal: options.signal }));
    return written;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** On paper nobody can open a fold. In our pages `<` of a text is escaped, so this is always an element. */
function openedFolds(html: string): string {
  return html.replace(/<details(?=[\s>])(?![^>]*\sopen[\s>=])/g, "<details open");
}
