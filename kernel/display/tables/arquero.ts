import { hasMethods } from "../peek.js";
import type { TableSource } from "./table-source.js";

/** What is used of a ColumnTable. @see https://idl.uw.edu/arquero/api/table */
interface ColumnTable {
  columnNames(): readonly string[];
  numRows(): number;
  /** In the order of the table, without rows that are filtered out. */
  get(column: string, row: number): unknown;
}

/** Tables of arquero; they have no types of their own. */
export function arqueroSource(value: unknown): TableSource | undefined {
  if (!hasMethods(value, "columnNames", "numRows", "get", "isFiltered")) return undefined;
  const table = value as ColumnTable;
  const names = table.columnNames();
  return {
    title: "Arquero",
    rowCount: table.numRows(),
    columns: names.map((name) => ({ name })),
    valueAt: (row, column) => table.get(names[column]!, row),
  };
}
