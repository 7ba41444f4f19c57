import { replaceInvisible } from "../html/escape.js";
import { cutNote, type DataTable, isNumberColumn, shapeOf } from "./data-table.js";

/** Widest column of the text, in characters: terminals are about 100 wide. */
const MAX_WIDTH = 32;

/** The same table as lines of text: names, types, a rule, rows with their columns aligned. */
export function dataTableText(table: DataTable): string {
  const isCut = table.columnsBeforeGap < table.columns.length;
  const line = (cells: readonly string[]): string[] => {
    const clipped = cells.map(clip);
    return isCut ? clipped.toSpliced(table.columnsBeforeGap, 0, "…") : clipped;
  };
  const rows = table.rows.map(({ cells }) => line(cells.map(({ text }) => text)));
  const gap = line(table.columns.map(() => "⋮"));
  if (table.rowsBeforeGap < table.rows.length) rows.splice(table.rowsBeforeGap, 0, gap);
  const head = [line(table.columns.map(({ name }) => name)), line(table.columns.map(({ type }) => type))];
  const widths = head[0]!.map((_, i) => Math.max(...[...head, ...rows].map((cells) => cells[i]!.length)));
  const numeric = line(table.columns.map((_, i) => (isNumberColumn(table, i) ? "1" : "")));
  const aligned = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (numeric[i] === "1" ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join("  ")
      .trimEnd();
  const title = table.title ? `${table.title} · ` : "";
  const note = cutNote(table);
  return [
    title + shapeOf(table),
    ...head.map(aligned),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...rows.map(aligned),
    ...(note === undefined ? [] : [`… ${note}`]),
  ].join("\n");
}

function clip(text: string): string {
  const line = replaceInvisible(text).replace(/\s+/g, " ");
  return line.length > MAX_WIDTH ? `${line.slice(0, MAX_WIDTH - 1)}…` : line;
}
