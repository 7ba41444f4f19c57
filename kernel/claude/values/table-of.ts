import { types } from "node:util";
import { classNameOf, dataProperty, inheritedProperty } from "./read-property.js";

/** Rows of the same columns, of whichever library. */
export interface SampledTable {
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** @param row from 0; below the count. */
  cell(row: number, column: number): unknown;
}

export interface TableColumn {
  readonly name: string;
  /** What the library calls its type; undefined for plain records. */
  readonly type?: string | undefined;
}

/** A kind of table: a row for each library, so that no other code asks which one it is. */
interface TableKind {
  readonly name: string;
  read(value: object): SampledTable | undefined;
}

/** Records that are looked at for the names of columns. */
const LOOKED_AT = 100;
/** Columns of records; what has more is no table. */
const MAX_COLUMNS = 2_000;

const kinds: readonly TableKind[] = [
  { name: "DuckDB reader", read: readDuckDb },
  { name: "Arrow table", read: readArrow },
  { name: "records", read: readRecords },
  { name: "columns", read: readColumns },
];

/**
 * Reads a value as a table: what a reader of DuckDB has read, an Arrow table, an array of records, or an object of columns of one length.
 * Getters and proxies of the notebook's own are not touched; of the libraries' classes only the methods named here are called.
 */
export function tableOf(value: unknown): SampledTable | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  for (const kind of kinds) {
    const table = kind.read(value);
    if (table) return table;
  }
  return undefined;
}

/** Calls a method that a library's class defines; not one that the object itself was given. */
function method(object: object, name: string): ((...args: unknown[]) => unknown) | undefined {
  if (dataProperty(object, name).type !== "missing") return undefined;
  const found = inheritedProperty(object, name);
  if (found.type !== "value" || typeof found.value !== "function") return undefined;
  const call = found.value;
  return (...args) => Reflect.apply(call, object, args);
}

/** @see https://duckdb.org/docs/stable/clients/node_neo/overview */
function readDuckDb(reader: object): SampledTable | undefined {
  if (classNameOf(reader) !== "DuckDBResultReader") return undefined;
  const [names, columnTypes, value] = ["columnNames", "columnTypes", "value"].map((name) =>
    method(reader, name),
  );
  const rows = dataProperty(reader, "currentRowCount_");
  if (!names || !columnTypes || !value || rows.type !== "value") return undefined;
  const typeNames = (columnTypes() as unknown[]).map(String);
  return {
    columns: (names() as string[]).map((name, i) => ({ name, type: typeNames[i] })),
    rowCount: Number(rows.value),
    cell: (row, column) => plainDuckDb(value(column, row)),
  };
}

/** Dates, decimals and the like are objects of DuckDB's, which say themselves as text. */
function plainDuckDb(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !classNameOf(value).startsWith("DuckDB")) return value;
  return method(value, "toString")?.() ?? value;
}

/** @see https://arrow.apache.org/docs/js/classes/Arrow_dom.Table.html */
function readArrow(table: object): SampledTable | undefined {
  const schema = dataProperty(table, "schema");
  const batches = dataProperty(table, "batches");
  const [childAt, get] = [method(table, "getChildAt"), method(table, "get")];
  if (schema.type !== "value" || batches.type !== "value" || !childAt || !get) return undefined;
  const fields = (schema.value as { fields?: { name: string; type: unknown }[] } | null)?.fields;
  if (!Array.isArray(fields) || !Array.isArray(batches.value)) return undefined;
  const columns = fields.map((_, i) => childAt(i) as { get(row: number): unknown } | null);
  const sizes = batches.value.map((batch: { data?: { length?: number } }) => Number(batch.data?.length ?? 0));
  return {
    columns: fields.map(({ name, type }) => ({ name, type: String(type) })),
    rowCount: sizes.reduce((sum, each) => sum + each, 0),
    cell: (row, column) => columns[column]?.get(row),
  };
}

function readRecords(rows: object): SampledTable | undefined {
  if (!Array.isArray(rows) || rows.length === 0) return undefined;
  const names = new Set<string>();
  for (let i = 0; i < Math.min(rows.length, LOOKED_AT); i++) {
    const row = dataProperty(rows, i);
    if (row.type !== "value" || !isRecord(row.value)) return undefined;
    for (const name of Object.keys(row.value)) names.add(name);
    if (names.size > MAX_COLUMNS) return undefined;
  }
  if (names.size === 0) return undefined;
  const columns = [...names];
  return {
    columns: columns.map((name) => ({ name })),
    rowCount: rows.length,
    cell(row, column) {
      const record = dataProperty(rows, row);
      if (record.type !== "value" || !isRecord(record.value)) return undefined;
      const found = dataProperty(record.value, columns[column]!);
      return found.type === "value" ? found.value : undefined;
    },
  };
}

function readColumns(object: object): SampledTable | undefined {
  if (!isRecord(object)) return undefined;
  const columns = Object.keys(object).map((name) => [name, dataProperty(object, name)] as const);
  if (columns.length === 0 || columns.length > MAX_COLUMNS) return undefined;
  const lists = columns.map(([, read]) =>
    read.type === "value" && isList(read.value) ? read.value : undefined,
  );
  const length = lists[0]?.length;
  if (length === undefined || lists.some((each) => each?.length !== length)) return undefined;
  return {
    columns: columns.map(([name]) => ({ name })),
    rowCount: length,
    cell(row, column) {
      const found = dataProperty(lists[column]!, row);
      return found.type === "value" ? found.value : undefined;
    },
  };
}

/** An object of fields: no array, Map, date or the like. */
function isRecord(value: unknown): value is object {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  return !Array.isArray(value) && !ArrayBuffer.isView(value) && !isInternal(value);
}

function isInternal(value: object): boolean {
  return (
    types.isMap(value) ||
    types.isSet(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isPromise(value) ||
    types.isNativeError(value) ||
    types.isAnyArrayBuffer(value)
  );
}

function isList(value: unknown): value is readonly unknown[] {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  return Array.isArray(value);
}
