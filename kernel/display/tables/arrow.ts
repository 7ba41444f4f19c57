import { hasMethods, peek } from "../peek.js";
import type { TableSource } from "./table-source.js";

/** What is used of a Table and of a RecordBatch. @see https://arrow.apache.org/docs/js/classes/Arrow.dom.Table.html */
interface ArrowTable {
  readonly schema: { readonly fields: readonly ArrowField[] };
  readonly numRows: number;
  getChildAt(index: number): { get(row: number): unknown } | null;
}

interface ArrowField {
  readonly name: string;
  readonly type: { readonly typeId: number; readonly scale?: number };
}

/** Values that Arrow gives as bare numbers, by `typeId`. @see https://github.com/apache/arrow-js/blob/main/src/enum.ts */
const READ: Readonly<Record<number, (value: never, type: ArrowField["type"]) => unknown>> = {
  // Decimal: little-endian words, without the point.
  7: (value: Uint32Array, { scale = 0 }) => ({ toString: () => decimalText(BigInt(String(value)), scale) }),
  // Date and Timestamp: milliseconds since 1970.
  8: (value: number) => new Date(value).toISOString().slice(0, 10),
  10: (value: number) => new Date(value),
};

/** Tables and record batches of apache-arrow. */
export function arrowSource(value: unknown): TableSource | undefined {
  if (!Array.isArray(peek(peek(value, "schema"), "fields")) || !hasMethods(value, "getChildAt"))
    return undefined;
  const table = value as ArrowTable;
  const { fields } = table.schema;
  return {
    title: "Arrow",
    rowCount: table.numRows,
    columns: fields.map(({ name, type }) => ({ name: String(name), type: String(type) })),
    valueAt(row, column) {
      const found = table.getChildAt(column)?.get(row) as never;
      const { type } = fields[column]!;
      return found === null ? null : (READ[type.typeId]?.(found, type) ?? found);
    },
  };
}

function decimalText(digits: bigint, scale: number): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const sign = digits < 0n ? "-" : "";
  return scale <= 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
