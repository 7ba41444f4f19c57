import { types } from "node:util";
import { peek } from "../peek.js";
import type { TableSource } from "./table-source.js";

type Row = Readonly<Record<string, unknown>>;

/** Records at each end of the array whose keys are compared. */
const COMPARED = 20;

/** Records of one column are better read as a list of objects. */
const MIN_COLUMNS = 2;

/** Arrays of records that have the same keys; what d3's `csvParse` gives has their names and order beside it. */
export function recordsSource(value: unknown): TableSource | undefined {
  if (!Array.isArray(value) || types.isProxy(value) || value.length === 0) return undefined;
  const named = Object.getOwnPropertyDescriptor(value, "columns")?.value as unknown;
  // Not by `slice`, which a class of arrays may have of its own, nor by index, where a getter may stand.
  const rows = rowsAtEnds(value);
  if (!rows.every(isRecord)) return undefined;
  const isNamed = Array.isArray(named) && named.every((name) => typeof name === "string");
  const keys = isNamed ? (named as string[]) : Object.keys(rows[0]!);
  if (!isNamed && !(keys.length >= MIN_COLUMNS && rows.every((row) => haveSame(keys, Object.keys(row))))) {
    return undefined;
  }
  return {
    rowCount: value.length,
    columns: keys.map((name) => ({ name })),
    valueAt: (row, column) => readField(value[row], keys[column]!),
  };
}

function rowsAtEnds(value: readonly unknown[]): unknown[] {
  const count = Math.min(COMPARED, value.length);
  const indices = Array.from({ length: 2 * count }, (_, i) => (i < count ? i : value.length - 2 * count + i));
  return indices.map((i) => peek(value, String(i)));
}

/** Plain objects: instances of classes are more than their fields. */
function isRecord(value: unknown): value is Row {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (a `vm` context) have another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function haveSame(keys: readonly string[], others: readonly string[]): boolean {
  return keys.length === others.length && others.every((key) => keys.includes(key));
}

/** A getter is named, not called. */
function readField(row: unknown, key: string): unknown {
  if (!isRecord(row)) return row === undefined ? undefined : row;
  const field = Object.getOwnPropertyDescriptor(row, key);
  if (field?.get) throw new Error("getter");
  return field?.value;
}
