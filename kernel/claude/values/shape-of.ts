import { types } from "node:util";
import { classNameOf, dataProperty } from "./read-property.js";
import { type SampledTable, tableOf } from "./table-of.js";

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const getterOf = (prototype: object, name: string) =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get as (this: unknown) => number;
const typedArrayLength = getterOf(typedArray, "length");
const typedArrayBytes = getterOf(typedArray, "byteLength");
const mapSize = getterOf(Map.prototype, "size");
const setSize = getterOf(Set.prototype, "size");

const count = (n: number, one: string): string => `${n.toLocaleString("en-US")} ${one}${n === 1 ? "" : "s"}`;

/** What kind of value it is and how much of it there is, without running its code: "3 rows × 2 columns". */
export function shapeOf(value: unknown): string {
  if (typeof value === "string") return count(value.length, "character");
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return "";
  if (types.isProxy(value)) return "a proxy";
  if (typeof value === "function") return "";
  const table = tableOrNone(value);
  if (table) return `${count(table.rowCount, "row")} × ${count(table.columns.length, "column")}`;
  if (Array.isArray(value)) return count(value.length, "element");
  if (types.isTypedArray(value)) {
    const bytes = count(typedArrayBytes.call(value), "byte");
    return `${count(typedArrayLength.call(value), "element")}, ${bytes}`;
  }
  if (types.isMap(value)) return `Map of ${count(mapSize.call(value), "entry").replace(/ys$/, "ies")}`;
  if (types.isSet(value)) return `Set of ${count(setSize.call(value), "element")}`;
  if (types.isBoxedPrimitive(value)) return "";
  const name = classNameOf(value);
  const keys = Object.keys(value).filter((key) => dataProperty(value, key).type === "value").length;
  return name === "Object" ? count(keys, "field") : `${name} with ${count(keys, "field")}`;
}

/** A table whose library fails, because a connection is closed for instance, must not hide all other variables. */
function tableOrNone(value: object): SampledTable | undefined {
  try {
    return tableOf(value);
  } catch {
    return undefined;
  }
}
