import { knownLanguage } from "../code/languages.js";
import { codeBlockHtml } from "../code/runs-html.js";
import { escapeHtml } from "../html/escape.js";
import { imageDataUri } from "../html/image.js";
import { createMarkdown } from "../markdown/markdown.js";
import { createHeadings } from "./contents.js";
import { joinLines, type NotebookCell, type NotebookDocument } from "./notebook-document.js";
import { outputsHtml } from "./output-html.js";
import { pageHtml } from "./page-html.js";

/** How a notebook's page is drawn. */
export interface NotebookPageOptions {
  /** The title of the page; without it the notebook's own, else its first heading, else the name. */
  readonly title?: string | undefined;
  /** What the notebook is called where it is kept, e.g. its file name. @defaultValue "Notebook" */
  readonly name?: string | undefined;
  /** The language of the page's words, for `<html lang>`. @defaultValue "en" */
  readonly lang?: string | undefined;
}

/** What a cell needs to know of its notebook. */
interface PageContext {
  readonly language: string | undefined;
  readonly headings: ReturnType<typeof createHeadings>;
}

/**
 * A notebook as one HTML file: it loads nothing, works without script and prints well. The same notebook gives the same
 * bytes. Whatever stands in the notebook is taken as hostile: HTML of outputs is sanitised, our panels are drawn again from
 * their data, and a policy in the page forbids what got past that.
 */
export function renderNotebookPage(notebook: NotebookDocument, options: NotebookPageOptions = {}): string {
  const context: PageContext = { language: languageOf(notebook), headings: createHeadings() };
  const found: unknown = notebook.cells;
  const all = Array.isArray(found) ? (found as NotebookCell[]).filter(isCell) : [];
  const cells = all.map((cell, i) => cellHtml(cell, i + 1, context)).filter(Boolean);
  const { headings } = context.headings;
  const title = options.title ?? titleOf(notebook) ?? headings[0]?.text ?? options.name ?? "Notebook";
  // A notebook that begins with its title as a heading needs no second one.
  const heading =
    headings[0]?.text === title && headings[0].level === 1 ? "" : `<h1>${escapeHtml(title)}</h1>`;
  return pageHtml({ lang: options.lang, title, heading, headings, main: cells.join("\n") });
}

function isCell(cell: unknown): boolean {
  return typeof cell === "object" && cell !== null;
}

const CELL_TYPES: Readonly<
  Record<string, (cell: NotebookCell, number: number, context: PageContext) => string>
> = {
  markdown: markdownCellHtml,
  code: codeCellHtml,
  raw: (cell, number) => section(number, "raw", codeBlockHtml(joinLines(cell.source), undefined)),
};

function cellHtml(cell: NotebookCell, number: number, context: PageContext): string {
  const draw = Object.hasOwn(CELL_TYPES, cell.cell_type) ? CELL_TYPES[cell.cell_type] : undefined;
  if (!draw) return "";
  try {
    return draw(cell, number, context);
  } catch {
    // One bad cell must not cost the page: it is shown as it stands.
    return section(number, "raw", `<pre>${escapeHtml(joinLines(cell.source))}</pre>`);
  }
}

function section(number: number, kind: string, html: string): string {
  return `<section class="cell ${kind}" id="cell-${number}" aria-label="Cell ${number}">${html}</section>`;
}

function markdownCellHtml(cell: NotebookCell, number: number, { headings }: PageContext): string {
  const md = createMarkdown({
    headingId: (text, level) => headings.add(text, level),
    resolveImage: (address) => attachmentUri(cell, address),
  });
  return section(
    number,
    "words",
    `<div class="cn"><div class="cn-text">${md.render(joinLines(cell.source)).trimEnd()}</div></div>`,
  );
}

/** `attachment:name.png` as a `data:` address; undefined for other addresses and unknown names. */
function attachmentUri({ attachments }: NotebookCell, address: string): string | undefined {
  const name = /^attachment:(.+)$/i.exec(address)?.[1];
  if (name === undefined) return undefined;
  const files = Object.entries(attachments?.[decodeName(name)] ?? {});
  return files
    .map(([mediaType, data]) => imageDataUri(mediaType, joinLines(data)))
    .find((uri) => uri !== undefined);
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function codeCellHtml(cell: NotebookCell, number: number, { language }: PageContext): string {
  const source = joinLines(cell.source).trimEnd();
  const outputs = outputsHtml(cell.outputs ?? []);
  if (source === "" && outputs === "") return "";
  const count = typeof cell.execution_count === "number" ? cell.execution_count : " ";
  const pieces = [
    `<div class="number" title="Cell ${number}">[${count}]</div>`,
    `<div class="cn source">${codeBlockHtml(source, language)}</div>`,
    outputs && `<div class="outputs">${outputs}</div>`,
  ];
  return section(number, "code", pieces.join("\n"));
}

function languageOf({ metadata }: NotebookDocument): string | undefined {
  const name = metadata?.language_info?.name ?? metadata?.kernelspec?.language;
  return typeof name === "string" ? knownLanguage(name) : undefined;
}

function titleOf({ metadata }: NotebookDocument): string | undefined {
  return typeof metadata?.title === "string" && metadata.title !== "" ? metadata.title : undefined;
}
