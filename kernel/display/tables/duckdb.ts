import { hasMethods } from "../peek.js";
import type { TableSource } from "./table-source.js";

interface DuckDBColumns {
  columnNames(): readonly string[];
  columnTypes(): readonly unknown[];
}

/** What `connection.runAndReadAll()` gives. @see https://duckdb.org/docs/current/clients/node_neo/overview */
interface DuckDBReader extends DuckDBColumns {
  readonly currentRowCount: number;
  readonly done: boolean;
  value(column: number, row: number): unknown;
}

/** What `connection.run()` gives: chunks of rows. */
interface DuckDBMaterializedResult extends DuckDBColumns {
  readonly rowCount: number;
  getChunk(index: number): { readonly rowCount: number; getRowValues(row: number): readonly unknown[] };
}

/** Rows in each chunk but the last. @see https://duckdb.org/docs/current/clients/c/vector */
const CHUNK_ROWS = 2048;

/** Readers and materialized results of @duckdb/node-api. */
export function duckdbSource(value: unknown): TableSource | undefined {
  if (!hasMethods(value, "columnNames", "columnTypes")) return undefined;
  if (hasMethods(value, "value", "getRowObjectsJS")) return readerSource(value as DuckDBReader);
  if (hasMethods(value, "getChunk")) return resultSource(value as DuckDBMaterializedResult);
  return undefined;
}

function readerSource(reader: DuckDBReader): TableSource {
  return {
    title: "DuckDB",
    rowCount: reader.currentRowCount,
    hasUnreadRows: !reader.done,
    columns: columnsOf(reader),
    valueAt: (row, column) => reader.value(column, row),
  };
}

function resultSource(result: DuckDBMaterializedResult): TableSource {
  const rows = new Map<number, readonly unknown[]>();
  const readRow = (row: number): readonly unknown[] =>
    result.getChunk(Math.floor(row / CHUNK_ROWS)).getRowValues(row % CHUNK_ROWS);
  return {
    title: "DuckDB",
    rowCount: result.rowCount,
    columns: columnsOf(result),
    valueAt(row, column) {
      if (!rows.has(row)) rows.set(row, readRow(row));
      return rows.get(row)![column];
    },
  };
}

function columnsOf(source: DuckDBColumns): TableSource["columns"] {
  const types = source.columnTypes();
  return source.columnNames().map((name, i) => ({ name, type: String(types[i]) }));
}
