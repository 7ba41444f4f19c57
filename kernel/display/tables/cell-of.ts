import { types } from "node:util";
import type { DataCell } from "../../../renderers/tables/data-table.js";
import { inspectText } from "../inspect-text.js";
import { peek } from "../peek.js";

/** Longest text of a cell, in characters. */
const MAX_CELL_CHARS = 80;

/** Values of each type as the text of a cell. */
const CELLS: Readonly<Record<string, (value: never) => DataCell>> = {
  undefined: () => ({ text: "undefined", look: "missing" }),
  null: () => ({ text: "null", look: "missing" }),
  number: (value: number) => ({ text: Object.is(value, -0) ? "-0" : String(value), look: "number" }),
  bigint: (value: bigint) => ({ text: clip(String(value)), look: "number" }),
  string: (value: string) => ({ text: clip(value), look: "text" }),
  Date: (value: Date) => ({ text: dateText(value), look: "text" }),
};

/** How a value stands in a table: in one line, clipped. */
export function cellOf(value: unknown): DataCell {
  // The kind of an object is a name that it gives itself.
  const isNamed = typeof value === "object" && value !== null && !types.isDate(value);
  const ofKind = isNamed ? undefined : CELLS[kindOf(value)];
  if (ofKind) return ofKind(value as never);
  const own = ownText(value);
  // Decimals of DuckDB and Arrow are objects.
  const isNumber = own !== undefined && /^-?\d+(?:\.\d+)?$/.test(own);
  const text = own ?? inspectText(value, { depth: 1, breakLength: Infinity });
  return { text: clip(text), look: isNumber ? "number" : "text" };
}

/** What stands where a value cannot be read. */
export function failedCell(error: unknown): DataCell {
  const message: unknown = peek(error, "message");
  return { text: clip(`⚠ ${typeof message === "string" ? message : "cannot be read"}`), look: "failed" };
}

/** What a column of such values is called. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (types.isDate(value)) return "Date";
  if (typeof value !== "object") return typeof value;
  if (types.isProxy(value)) return "object";
  if (Array.isArray(value)) return "Array";
  const name: unknown = peek(peek(value, "constructor"), "name");
  return typeof name === "string" && name !== "" && name !== "Object" ? name : "object";
}

/** Decimals, dates and intervals of DuckDB, lists of Arrow: classes of libraries that say how they read. */
function ownText(value: unknown): string | undefined {
  if (types.isProxy(value) || Array.isArray(value) || ArrayBuffer.isView(value)) return undefined;
  const toText = peek(value, "toString");
  if (typeof toText !== "function" || toText === Object.prototype.toString) return undefined;
  if (typeof value !== "object" || types.isNativeError(value) || types.isRegExp(value)) return undefined;
  const text: unknown = toText.call(value);
  return typeof text === "string" && !text.startsWith("[object ") ? text : undefined;
}

function dateText(value: Date): string {
  const time = Date.prototype.getTime.call(value);
  return Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
}

function clip(text: string): string {
  // Cut before white space is joined: a text may be very long.
  const line = text.slice(0, MAX_CELL_CHARS * 4).replace(/\s+/g, " ");
  return line.length > MAX_CELL_CHARS || text.length > MAX_CELL_CHARS * 4
    ? `${line.slice(0, MAX_CELL_CHARS - 1)}…`
    : line;
}
