import { knownLanguage } from "../code/languages.js";
import { escapeHtml } from "../html/escape.js";
import { withoutRemoved } from "./cell-tags.js";
import { createHeadings } from "./contents.js";
import { notebookCellHtml } from "./notebook-cell-html.js";
import type { NotebookCell, NotebookDocument } from "./notebook-document.js";
import { type EmbeddedFile, pageHtml } from "./page-html.js";
import { createPageIds } from "./page-ids.js";

/** How a notebook's page is drawn. */
export interface NotebookPageOptions {
  /** The title of the page; without it the notebook's own, else its first heading, else the name. */
  readonly title?: string | undefined;
  /** What the notebook is called where it is kept, e.g. its file name. @defaultValue "Notebook" */
  readonly name?: string | undefined;
  /** The language of the page's words, for `<html lang>`. @defaultValue "en" */
  readonly lang?: string | undefined;
  /** The outputs of each cell stand behind a fold; those of a cell that failed are open. @defaultValue false */
  readonly fold?: boolean | undefined;
  /** The code of cells is left out. @defaultValue false */
  readonly hideCode?: boolean | undefined;
  /** HTML of outputs is taken as it is, and its scripts run; they cannot load anything. @defaultValue false */
  readonly trust?: boolean | undefined;
  /** A file that readers can save from the page. @defaultValue none */
  readonly source?: EmbeddedFile | undefined;
}

/**
 * A notebook as one HTML file: it loads nothing, works without script and prints well. The same notebook gives the same
 * bytes. Whatever stands in the notebook is taken as hostile: HTML of outputs is sanitised, our panels are drawn again from
 * their data, and a policy in the page forbids what got past that. Secrets are not looked for here; `exportNotebook` does.
 */
export function renderNotebookPage(notebook: NotebookDocument, options: NotebookPageOptions = {}): string {
  const { fold = false, hideCode = false, trust = false } = options;
  const ids = createPageIds();
  const headings = createHeadings(ids);
  const context = { language: languageOf(notebook), ids, headings, fold, hideCode, trust };
  const found: unknown = withoutRemoved(notebook).cells;
  const all = Array.isArray(found) ? (found as NotebookCell[]).filter(isCell) : [];
  const cells = all.map((cell, i) => notebookCellHtml(cell, i + 1, context)).filter(Boolean);
  const [first] = headings.headings;
  const title = options.title ?? titleOf(notebook) ?? first?.text ?? options.name ?? "Notebook";
  // A notebook that begins with its title as a heading needs no second one.
  const heading = first?.text === title && first.level === 1 ? "" : `<h1>${escapeHtml(title)}</h1>`;
  return pageHtml({
    lang: options.lang,
    title,
    heading,
    headings: headings.headings,
    main: cells.join("\n"),
    runsScripts: trust,
    source: options.source,
  });
}

function isCell(cell: unknown): boolean {
  return typeof cell === "object" && cell !== null;
}

function languageOf({ metadata }: NotebookDocument): string | undefined {
  const name = metadata?.language_info?.name ?? metadata?.kernelspec?.language;
  return typeof name === "string" ? knownLanguage(name) : undefined;
}

function titleOf({ metadata }: NotebookDocument): string | undefined {
  return typeof metadata?.title === "string" && metadata.title !== "" ? metadata.title : undefined;
}
