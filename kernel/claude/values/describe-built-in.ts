import { types } from "node:util";
import { clipMasked } from "./clip-masked.js";
import { type Describing, NotRead } from "./describing.js";
import { classNameOf, dataProperty } from "./read-property.js";

type Entry = readonly [label: string, value: unknown];

/** A kind of object that is described by what it holds; read through the language's own functions, whatever it was given. */
interface BuiltIn {
  matches(value: object): boolean;
  describe(value: never, describing: Describing): string;
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const getter = (prototype: object, name: PropertyKey) =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get as (this: unknown) => unknown;
const typedArrayLength = getter(typedArray, "length");
const mapSize = getter(Map.prototype, "size");
const setSize = getter(Set.prototype, "size");
const bufferBytes = getter(ArrayBuffer.prototype, "byteLength");
const regExpSource = getter(RegExp.prototype, "source");
const regExpFlags = getter(RegExp.prototype, "flags");

const builtIns: readonly BuiltIn[] = [
  { matches: Array.isArray, describe: describeArray },
  {
    matches: types.isTypedArray,
    describe(value: Uint8Array, { block }) {
      const count = typedArrayLength.call(value) as number;
      return block(
        `${classNameOf(value)}(${count}) [`,
        elements(count, (i) => value[i]),
        count,
        "]",
      );
    },
  },
  {
    matches: types.isMap,
    describe(value: Map<unknown, unknown>, { block }) {
      const count = mapSize.call(value) as number;
      const entries = function* (): Generator<Entry> {
        for (const [key, each] of Map.prototype.entries.call(value)) yield [`${nameOfKey(key)} => `, each];
      };
      return block(`Map(${count}) {`, entries(), count, "}");
    },
  },
  {
    matches: types.isSet,
    describe(value: Set<unknown>, { block }) {
      const count = setSize.call(value) as number;
      const entries = function* (): Generator<Entry> {
        for (const each of Set.prototype.values.call(value)) yield ["", each];
      };
      return block(`Set(${count}) {`, entries(), count, "}");
    },
  },
  {
    matches: types.isDate,
    describe(value: Date) {
      const time = Date.prototype.getTime.call(value);
      return Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
    },
  },
  {
    matches: types.isRegExp,
    describe: (value: RegExp) =>
      `/${clipMasked(String(regExpSource.call(value)), 500)}/${regExpFlagsOf(value)}`,
  },
  {
    // Its own keys are all its characters.
    matches: types.isStringObject,
    describe: (value: object) => `[String of ${String.prototype.valueOf.call(value).length} characters]`,
  },
  { matches: types.isPromise, describe: () => "[Promise]" },
  {
    matches: types.isNativeError,
    describe(value: Error) {
      const message = dataProperty(value, "message");
      const text =
        message.type === "value" && typeof message.value === "string" ? clipMasked(message.value, 2_000) : "";
      return `[${classNameOf(value)}${text && `: ${text}`}]`;
    },
  },
  {
    matches: types.isArrayBuffer,
    describe: (value: ArrayBuffer) => `[ArrayBuffer of ${String(bufferBytes.call(value))} bytes]`,
  },
  {
    matches: (value) =>
      types.isWeakMap(value) ||
      types.isWeakSet(value) ||
      types.isSharedArrayBuffer(value) ||
      types.isGeneratorObject(value),
    describe: (value: object) => `[${classNameOf(value)}]`,
  },
];

export function isBuiltIn(value: object): boolean {
  return builtIns.some((row) => row.matches(value));
}

/** @param value one that {@link isBuiltIn} knows. */
export function describeBuiltIn(value: object, describing: Describing): string {
  return builtIns.find((row) => row.matches(value))!.describe(value as never, describing);
}

function describeArray(value: readonly unknown[], { block }: Describing): string {
  const count = value.length;
  const at = (index: number): unknown => {
    const found = dataProperty(value, index);
    return found.type === "value"
      ? found.value
      : new NotRead(found.type === "missing" ? "empty" : found.type);
  };
  return block(`Array(${count}) [`, elements(count, at), count, "]");
}

function* elements(count: number, at: (index: number) => unknown): Generator<Entry> {
  for (let i = 0; i < count; i++) yield ["", at(i)];
}

/** Objects and functions as keys can have a `toString` of their own, and a bigint can be very long. */
function nameOfKey(key: unknown): string {
  if (typeof key === "string") return JSON.stringify(clipMasked(key, 200));
  if (typeof key === "bigint" || typeof key === "function") return `[${typeof key}]`;
  return typeof key === "object" && key !== null ? "[object]" : String(key).slice(0, 200);
}

/** The flags getter reads others from the object, which may have its own. */
function regExpFlagsOf(value: RegExp): string {
  return Reflect.ownKeys(value).length === 1 ? String(regExpFlags.call(value)) : "";
}
