import { createHash } from "node:crypto";
import type { Cell, Notebook, Output, OutputData } from "./notebook.js";
import { isCodeCell } from "./notebook.js";

/** The minor version that brought cell ids. */
const MINOR_WITH_IDS = 5;

/** Python's `str.splitlines(True)`, which nbformat splits with; other separators would change lines in a diff. */
const LINE =
  /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g;

/**
 * The text of a notebook as Jupyter writes it, so that opening and saving it there changes nothing: nbformat 4.5, keys
 * sorted, one space of indent, text as arrays of lines, a newline at the end. A cell without an id gets one that
 * follows from its place and content, so that equal notebooks have equal bytes.
 * @see https://github.com/jupyter/nbformat/blob/main/nbformat/v4/nbjson.py
 */
export function formatNotebook(notebook: Notebook): string {
  const ids = new Set(notebook.cells.map((cell) => cell.id));
  const document = {
    ...notebook,
    nbformat_minor: Math.max(notebook.nbformat_minor, MINOR_WITH_IDS),
    cells: notebook.cells.map((cell, index) =>
      splitCell({ ...cell, id: cell.id ?? newId(cell, index, ids) }),
    ),
  };
  return `${JSON.stringify(sortKeys(document), undefined, 1)}\n`;
}

function newId(cell: Cell, index: number, taken: Set<string | undefined>): string {
  for (let attempt = 0; ; attempt++) {
    const hash = createHash("sha256").update(JSON.stringify([index, cell.cell_type, cell.source, attempt]));
    const id = hash.digest("hex").slice(0, 8);
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}

function splitCell(cell: Cell): object {
  const { attachments } = cell;
  return {
    ...cell,
    source: splitLines(cell.source),
    ...(attachments === undefined ? {} : { attachments: mapValues(attachments, splitBundle) }),
    ...(isCodeCell(cell) ? { outputs: cell.outputs.map(splitOutput) } : {}),
  };
}

function splitOutput(output: Output): object {
  if (output.output_type === "stream") return { ...output, text: splitLines(output.text) };
  if (output.output_type === "error") return output;
  return { ...output, data: splitBundle(output.data) };
}

/** nbformat splits text types, SVG and scripts; base64 and JSON stay whole. */
function splitBundle(data: OutputData): OutputData {
  const isSplit = (mime: string): boolean =>
    mime.startsWith("text/") || mime === "image/svg+xml" || mime === "application/javascript";
  return Object.fromEntries(
    Object.entries(data).map(([mime, value]) => [
      mime,
      typeof value === "string" && isSplit(mime) ? splitLines(value) : value,
    ]),
  );
}

function splitLines(text: string): string[] {
  return text.match(LINE) ?? [];
}

function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(sorted.map(([key, field]) => [key, sortKeys(field)]));
}
