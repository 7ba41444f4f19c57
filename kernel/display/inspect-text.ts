import { type InspectOptions, inspect, types } from "node:util";
import { peek } from "./peek.js";

/** How deep a value is shown; less when that would be more than {@link MAX_NODES}. */
const DEPTH = 4;

/** Members of an array, a Map or a Set that are shown at each level, as Node's console does. */
const MAX_ITEMS = 100;

/** Own properties of an object that are shown at the top. */
const MAX_KEYS = 500;

/** Values inside a value that are shown: a few hundred screens, in about 20 ms. */
const MAX_NODES = 5_000;

/** Longest text of a value, in characters: outputs are stored in the notebook. */
const MAX_CHARS = 100_000;

/** Longest message of an error, in characters. */
const MAX_MESSAGE_CHARS = 500;

/** The value as Node's console shows it, in bounded time and size; never throws. No getter and no trap of a proxy is called. */
export function inspectText(value: unknown, options: InspectOptions = {}): string {
  try {
    const { head, cut } = headOf(value);
    let depth = DEPTH;
    while (depth > 0 && countNodes(head, depth) > MAX_NODES) depth--;
    const text = inspect(head, { depth, maxArrayLength: MAX_ITEMS, ...options });
    const note = cut > 0 ? `\n… ${cut.toLocaleString("en-US")} more properties` : "";
    return text.length > MAX_CHARS
      ? `${text.slice(0, MAX_CHARS)}\n… ${(text.length - MAX_CHARS).toLocaleString("en-US")} more characters${note}`
      : text + note;
  } catch (error) {
    const message: unknown = types.isNativeError(error) ? peek(error, "message") : undefined;
    const said = typeof message === "string" ? message.slice(0, MAX_MESSAGE_CHARS) : "unknown error";
    return `[a value that cannot be inspected: ${said}]`;
  }
}

/** Node shows all properties of an object, however many: of a wide one the first are copied and shown. */
function headOf(value: unknown): { head: unknown; cut: number } {
  if (!isPlain(value)) return { head: value, cut: 0 };
  const keys = Object.keys(value);
  if (keys.length <= MAX_KEYS) return { head: value, cut: 0 };
  const head = Object.create(Object.getPrototypeOf(value) as object | null) as object;
  for (const key of keys.slice(0, MAX_KEYS))
    Object.defineProperty(head, key, Object.getOwnPropertyDescriptor(value, key)!);
  return { head, cut: keys.length - MAX_KEYS };
}

/** How many values would be shown, counted to just above the limit. */
function countNodes(root: unknown, depth: number): number {
  const seen = new Set<unknown>();
  let count = 0;
  const visit = (value: unknown, left: number): void => {
    if (++count > MAX_NODES || typeof value !== "object" || value === null) return;
    // Node shows what is behind it, which cannot be counted without its traps.
    if (types.isProxy(value)) count += MAX_NODES;
    if (types.isProxy(value) || ArrayBuffer.isView(value) || seen.has(value)) return;
    if (left < 0) return;
    seen.add(value);
    for (const each of members(value)) {
      if (count > MAX_NODES) return;
      visit(each, left - 1);
    }
  };
  visit(root, depth);
  return count;
}

function* members(value: object): Generator<unknown> {
  if (types.isMap(value)) {
    for (const [key, each] of firstOf(Map.prototype.entries.call(value))) {
      yield key;
      yield each;
    }
  } else if (types.isSet(value)) {
    yield* firstOf(Set.prototype.values.call(value));
  } else {
    const isList = Array.isArray(value);
    const keys = isList
      ? Array.from({ length: Math.min(value.length, MAX_ITEMS) }, (_, i) => i)
      : Object.keys(value);
    for (const key of keys) yield Object.getOwnPropertyDescriptor(value, key)?.value;
  }
}

function* firstOf<T>(values: Iterable<T>): Generator<T> {
  let left = MAX_ITEMS;
  for (const each of values) {
    if (left-- === 0) return;
    yield each;
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
