import { types } from "node:util";
import type { TableSource } from "./table-source.js";

/** What is used of a DataFrame. @see https://pola-rs.github.io/nodejs-polars/interfaces/DataFrame.DataFrame-1.html */
interface DataFrame {
  readonly shape: { readonly height: number; readonly width: number };
  readonly columns: readonly string[];
  readonly dtypes: readonly unknown[];
  slice(offset: number, length: number): { rows(): readonly (readonly unknown[])[] };
}

/**
 * Data frames of nodejs-polars. They are proxies, and their own `Jupyter.display` holds every row, whatever their number:
 * this comes before it.
 */
export function polarsSource(value: unknown): TableSource | undefined {
  if (!types.isProxy(value) || typeof value !== "object") return undefined;
  try {
    const { shape, columns, dtypes, slice } = value as DataFrame;
    if (typeof shape?.height !== "number" || !Array.isArray(columns) || !Array.isArray(dtypes))
      return undefined;
    if (typeof slice !== "function" || columns.length !== dtypes.length) return undefined;
    return sourceOf(value as DataFrame);
  } catch {
    // Some other proxy, whose traps throw.
    return undefined;
  }
}

function sourceOf(frame: DataFrame): TableSource {
  const rows = new Map<number, readonly unknown[]>();
  const types = frame.dtypes.map((type) => String(type).replace(/^DataType\((.*)\)$/s, "$1"));
  return {
    title: "Polars",
    rowCount: frame.shape.height,
    columns: frame.columns.map((name, i) => ({ name, type: types[i] })),
    valueAt(row, column) {
      if (!rows.has(row)) rows.set(row, frame.slice(row, 1).rows()[0] ?? []);
      return rows.get(row)![column];
    },
  };
}
