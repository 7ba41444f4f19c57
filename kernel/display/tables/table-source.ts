import type { DataCell, DataColumn, DataTable } from "../../../renderers/tables/data-table.js";
import { cellOf, failedCell, kindOf } from "./cell-of.js";

/** Where the cells of a table come from. Only those that are shown are asked for, so that a table of any length shows at once. */
export interface TableSource {
  readonly title?: string | undefined;
  readonly rowCount: number;
  readonly hasUnreadRows?: boolean | undefined;
  readonly columns: readonly SourceColumn[];
  /** A value; it may be anything, and asking for it may throw. */
  valueAt(row: number, column: number): unknown;
}

export interface SourceColumn {
  readonly name: string;
  /** Without one the column is called by the kinds of the values that are shown. */
  readonly type?: string | undefined;
}

/** One kind of table: undefined for a value that is no such table. */
export type ReadSource = (value: unknown) => TableSource | undefined;

/** How many rows and columns are shown of larger tables: one screen. */
const ROWS = { first: 10, last: 5 } as const;
const COLUMNS = { first: 20, last: 5 } as const;

/** Kinds of values that a column is called by; more of them are "mixed". */
const MAX_KINDS = 2;

/** Longest name of a column or a type, in characters: a STRUCT of DuckDB lists all its fields. */
const MAX_NAME_CHARS = 60;

/** Reads what is shown of a table. */
export function readTable(source: TableSource): DataTable {
  const rows = ends(source.rowCount, ROWS);
  const columns = ends(source.columns.length, COLUMNS);
  const values = rows.shown.map((row) => columns.shown.map((column) => valueAt(source, row, column)));
  return {
    title: source.title,
    rowCount: source.rowCount,
    hasUnreadRows: source.hasUnreadRows,
    columnCount: source.columns.length,
    columns: columns.shown.map((column, i): DataColumn => {
      const { name, type } = source.columns[column]!;
      return { name: clip(name), type: clip(type ?? kindsOf(values.map((row) => row[i]))) };
    }),
    columnsBeforeGap: columns.beforeGap,
    rows: rows.shown.map((index, i) => ({
      index,
      cells: values[i]!.map(readCell),
    })),
    rowsBeforeGap: rows.beforeGap,
  };
}

/** Stands for a value that cannot be read. */
class Failed {
  readonly #error: unknown;
  constructor(error: unknown) {
    this.#error = error;
  }
  /** Unlike `instanceof`, springs no trap of a proxy. */
  static is(value: unknown): value is Failed {
    return typeof value === "object" && value !== null && #error in value;
  }
  get error(): unknown {
    return this.#error;
  }
}

/** One hostile value costs its own cell, not the table. */
function readCell(value: unknown): DataCell {
  if (Failed.is(value)) return failedCell(value.error);
  try {
    return cellOf(value);
  } catch (error) {
    return failedCell(error);
  }
}

function valueAt(source: TableSource, row: number, column: number): unknown {
  try {
    return source.valueAt(row, column);
  } catch (error) {
    return new Failed(error);
  }
}

/** The first and the last of so many things; a gap is worth it only where it hides more than one. */
function ends(
  length: number,
  { first, last }: { readonly first: number; readonly last: number },
): { shown: readonly number[]; beforeGap: number } {
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
  if (length <= first + last + 1) return { shown: range(0, length), beforeGap: length };
  return { shown: [...range(0, first), ...range(length - last, length)], beforeGap: first };
}

function kindsOf(values: readonly unknown[]): string {
  const present = values.filter((value) => value !== null && value !== undefined && !Failed.is(value));
  const kinds = [...new Set(present.map(kindOf))];
  if (kinds.length === 0) return "empty";
  return kinds.length > MAX_KINDS ? "mixed" : kinds.join(" | ");
}

function clip(text: string): string {
  return text.length > MAX_NAME_CHARS ? `${text.slice(0, MAX_NAME_CHARS - 1)}…` : text;
}
