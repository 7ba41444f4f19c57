import { types } from "node:util";
import { arqueroSource } from "../../display/tables/arquero.js";
import { arrowSource } from "../../display/tables/arrow.js";
import { duckdbSource } from "../../display/tables/duckdb.js";
import type { ReadSource } from "../../display/tables/table-source.js";
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
  read(value: object, hidden: Hidden): SampledTable | undefined;
}

/** Records that are looked at for the names of columns. */
const LOOKED_AT = 100;
/** Columns of records; what has more is no table. */
const MAX_COLUMNS = 2_000;

const kinds: readonly TableKind[] = [
  { name: "table of a library", read: readLibraryTable },
  { name: "records", read: readRecords },
  { name: "columns", read: readColumns },
];

/** Says what is hidden of an object, as `DescribeLimits.hidden` does. */
type Hidden = (value: object) => string | undefined;

/**
 * Reads a value as a table: of a library, an array of records, or an object of columns of one length. Getters and proxies of the
 * notebook's own are not touched; of the libraries' classes only the methods are called by which `display` reads them too.
 *
 * @param hidden records of which it says something are no rows: the process has an environment as large as a table.
 */
export function tableOf(value: unknown, hidden: Hidden = () => undefined): SampledTable | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  for (const kind of kinds) {
    const table = kind.read(value, hidden);
    if (table) return table;
  }
  return undefined;
}

/** The readers of `display`'s ladder. */
const librarySources: readonly { readonly read: ReadSource; readonly plain: (value: unknown) => unknown }[] =
  [
    { read: duckdbSource, plain: textOfObject },
    { read: arrowSource, plain: textOfObject },
    // Its cells can be the notebook's own objects.
    { read: arqueroSource, plain: (value) => value },
  ];

/** Methods by which the readers know a library's table; an object that has its own is none. */
const LIBRARY_METHODS = ["columnNames", "columnTypes", "getChildAt", "get", "value", "numRows", "getChunk"];

function readLibraryTable(value: object): SampledTable | undefined {
  const isPlain = Array.isArray(value) || classNameOf(value) === "Object";
  if (isPlain || LIBRARY_METHODS.some((name) => dataProperty(value, name).type !== "missing"))
    return undefined;
  for (const { read, plain } of librarySources) {
    const source = read(value);
    if (!source) continue;
    const { columns, rowCount } = source;
    return { columns, rowCount, cell: (row, column) => plain(source.valueAt(row, column)) };
  }
  return undefined;
}

/** Dates, decimals, lists and the like are objects of the library's, which say themselves as text. */
function textOfObject(value: unknown): unknown {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return value;
  if (types.isDate(value) || Array.isArray(value) || ArrayBuffer.isView(value)) return value;
  const found = inheritedProperty(value, "toString");
  if (found.type !== "value" || typeof found.value !== "function") return value;
  return found.value === Object.prototype.toString ? value : String(Reflect.apply(found.value, value, []));
}

function readRecords(rows: object, hidden: Hidden): SampledTable | undefined {
  if (!Array.isArray(rows) || rows.length === 0) return undefined;
  const names = new Set<string>();
  const isRow = (row: unknown): row is object => isRecord(row) && hidden(row) === undefined;
  for (let i = 0; i < Math.min(rows.length, LOOKED_AT); i++) {
    const row = dataProperty(rows, i);
    if (row.type !== "value" || !isRow(row.value)) return undefined;
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
      if (record.type !== "value" || !isRow(record.value)) return undefined;
      const found = dataProperty(record.value, columns[column]!);
      return found.type === "value" ? found.value : undefined;
    },
  };
}

function readColumns(object: object, hidden: Hidden): SampledTable | undefined {
  if (!isRecord(object) || hidden(object) !== undefined) return undefined;
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
    types.isBoxedPrimitive(value) ||
    types.isNativeError(value) ||
    types.isAnyArrayBuffer(value)
  );
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !types.isProxy(value);
}
