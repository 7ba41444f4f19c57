import { codeBlockHtml } from "../code/runs-html.js";
import { escapeHtml } from "../html/escape.js";
import { imageDataUri } from "../html/image.js";
import { createMarkdown } from "../markdown/markdown.js";
import { RESPONSE_MIME } from "../response/parts.js";
import { foldsOf } from "./cell-tags.js";
import type { createHeadings } from "./contents.js";
import { pageFoldHtml } from "./fold-html.js";
import { joinLines, type NotebookCell, type NotebookOutput } from "./notebook-document.js";
import { outputsHtml } from "./output-html.js";
import { type PageIds, stableId } from "./page-ids.js";

/** What a cell needs to know of its page. */
export interface CellContext {
  /** The language of code cells, when it is one that can be highlighted. */
  readonly language: string | undefined;
  readonly ids: PageIds;
  readonly headings: ReturnType<typeof createHeadings>;
  readonly fold: boolean;
  readonly hideCode: boolean;
  readonly trust: boolean;
}

/** A cell while it is drawn: how it is called and linked. */
interface Place {
  readonly number: number;
  readonly id: string;
}

type DrawCell = (cell: NotebookCell, place: Place, context: CellContext) => string;

const CELL_TYPES: Readonly<Record<string, DrawCell>> = {
  markdown: markdownCellHtml,
  code: codeCellHtml,
  raw: (cell, place) =>
    section(place, "raw", linkHtml(place) + codeBlockHtml(joinLines(cell.source), undefined)),
};

/** A cell as a section that can be linked to; "" for one that shows nothing. @param number from 1 */
export function notebookCellHtml(cell: NotebookCell, number: number, context: CellContext): string {
  const draw = Object.hasOwn(CELL_TYPES, cell.cell_type) ? CELL_TYPES[cell.cell_type] : undefined;
  if (!draw) return "";
  const place = { number, id: context.ids.claim(stableId("cell", cell.id) ?? `cell-${number}`) };
  try {
    return draw(cell, place, context);
  } catch {
    // One bad cell must not cost the page: it is shown as it stands.
    return section(place, "raw", `<pre>${escapeHtml(joinLines(cell.source))}</pre>`);
  }
}

function section({ number, id }: Place, kind: string, html: string): string {
  return `<section class="cell ${kind}" id="${id}" aria-label="Cell ${number}">${html}</section>`;
}

/** The number of a run leads to its cell; before other cells a mark appears under the pointer. */
function linkHtml({ number, id }: Place, count?: unknown): string {
  const shown = count === undefined ? "" : typeof count === "number" ? `[${count}]` : "[ ]";
  const name = `Link to cell ${number}`;
  return `<a class="number" href="#${id}" title="${name}"${shown ? "" : ` aria-label="${name}"`}>${shown}</a>`;
}

function markdownCellHtml(cell: NotebookCell, place: Place, { headings }: CellContext): string {
  const md = createMarkdown({
    headingId: (text, level) => headings.add(text, level),
    resolveImage: (address) => attachmentUri(cell, address),
  });
  const html = md.render(joinLines(cell.source)).trimEnd();
  return section(
    place,
    "words",
    `${linkHtml(place)}<div class="cn"><div class="cn-text">${html}</div></div>`,
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

function codeCellHtml(cell: NotebookCell, place: Place, context: CellContext): string {
  const folds = foldsOf(cell);
  const source = context.hideCode ? "" : joinLines(cell.source).trimEnd();
  const all = cell.outputs ?? [];
  const marks = {
    idOf: ({ id }: { id: string }) => context.ids.claim(stableId(place.id, id) ?? `${place.id}-panel`),
  };
  const outputs = outputsHtml(all, { marks, trust: context.trust });
  if (source === "" && outputs === "") return "";
  const code = source && `<div class="cn source">${codeBlockHtml(source, context.language)}</div>`;
  const shown = outputs && `<div class="outputs">${outputs}</div>`;
  const isFolded = context.fold || folds.output;
  const pieces = [
    linkHtml(place, cell.execution_count ?? null),
    code && folds.input ? pageFoldHtml("Code", code) : code,
    shown && isFolded ? pageFoldHtml(outputLabel(all), shown, all.some(isError)) : shown,
  ];
  return section(place, all.some(isAnswer) ? "code asks" : "code", pieces.filter(Boolean).join("\n"));
}

function outputLabel({ length }: readonly unknown[]): string {
  return length === 1 ? "Output" : `${length} outputs`;
}

function isError(output: NotebookOutput): boolean {
  return output?.output_type === "error";
}

/** Whether an output is of an answer of Claude's: its cell is where that was asked for. */
function isAnswer(output: NotebookOutput): boolean {
  return typeof output?.data === "object" && output.data !== null && RESPONSE_MIME in output.data;
}
