import type { TableSection } from "../sections/section.js";

/** A table has at least so many rows and at most so many columns; other data reads better as JSON. */
const MIN_ROWS = 2;
const MAX_COLUMNS = 12;

/** Rows as objects of the same short fields become a table; undefined for any other value. */
export function tableOf(value: unknown): TableSection | undefined {
  if (!Array.isArray(value) || value.length < MIN_ROWS || !value.every(isRow)) return undefined;
  const columns = Object.keys(value[0]!);
  const isSame = (row: Row): boolean =>
    Object.keys(row).length === columns.length && columns.every((column) => Object.hasOwn(row, column));
  if (columns.length === 0 || columns.length > MAX_COLUMNS || !value.every(isSame)) return undefined;
  return { type: "table", columns, rows: value.map((row) => columns.map((column) => cellText(row[column]))) };
}

type Row = Readonly<Record<string, unknown>>;

function isRow(row: unknown): row is Row {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return false;
  return Object.values(row).every((cell) => typeof cell !== "object" || cell === null);
}

function cellText(cell: unknown): string {
  return cell === null || cell === undefined ? "" : String(cell);
}
