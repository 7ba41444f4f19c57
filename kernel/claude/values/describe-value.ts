import { types } from "node:util";
import { clipMasked } from "./clip-masked.js";
import { describeBuiltIn, isBuiltIn } from "./describe-built-in.js";
import { type DescribeLimits, type Describing, NotRead } from "./describing.js";
import { classNameOf, dataProperty } from "./read-property.js";

export const describeDefaults = {
  depth: 3,
  entries: 50,
  textChars: 2_000,
  totalChars: 20_000,
} as const satisfies DescribeLimits;

/**
 * A value as text for Claude. Runs none of the value's code: getters are named and not invoked, proxies not looked into,
 * iterators not moved. Takes time and space within the limits, whatever the value is.
 */
export function describeValue(value: unknown, given: Partial<DescribeLimits> = {}): string {
  const limits: DescribeLimits = { ...describeDefaults, ...given };
  const above: object[] = [];
  let left = limits.totalChars;

  const block: Describing["block"] = (open, entries, count, close) => {
    if (count === 0) return open + close;
    if (above.length > limits.depth) return `${open}… ${count} inside${close}`;
    const indent = "  ".repeat(above.length);
    const lines: string[] = [];
    for (const [label, each] of entries) {
      if (lines.length >= limits.entries || left <= 0) break;
      const line = `${indent}${label}${say(each)},`;
      left -= label.length + indent.length + 2;
      lines.push(line);
    }
    const more = count - lines.length;
    if (more > 0) lines.push(`${indent}… ${more.toLocaleString("en-US")} more`);
    return `${open}\n${lines.join("\n")}\n${"  ".repeat(above.length - 1)}${close}`;
  };
  const describing: Describing = { limits, block };

  const inside = (object: object): string => {
    if (types.isProxy(object)) return "[Proxy: not looked into]";
    const hidden = limits.hidden?.(object);
    if (hidden !== undefined) return hidden;
    if (above.includes(object)) return "[Circular]";
    above.push(object);
    try {
      return isBuiltIn(object) ? describeBuiltIn(object, describing) : describeProperties(object, describing);
    } catch (error) {
      return `[not readable: ${error instanceof Error ? error.name : "error"}]`;
    } finally {
      above.pop();
    }
  };

  const say = (each: unknown): string => {
    const notRead = NotRead.why(each);
    if (notRead !== undefined) return `[${notRead}]`;
    const isObject = (typeof each === "object" && each !== null) || typeof each === "function";
    if (isObject) return inside(each);
    const text = describePrimitive(each, Math.min(limits.textChars, Math.max(left, 0)));
    left -= text.length;
    return text;
  };
  return say(value);
}

function describePrimitive(value: unknown, maxChars: number): string {
  if (typeof value === "bigint")
    return value > -LARGEST && value < LARGEST ? `${value}n` : "[a very large bigint]";
  if (typeof value === "symbol") return String(value).slice(0, maxChars);
  if (typeof value !== "string") return Object.is(value, -0) ? "-0" : String(value);
  if (value.length <= maxChars) return JSON.stringify(value);
  return `${JSON.stringify(clipMasked(value, maxChars))}… (${value.length.toLocaleString("en-US")} characters)`;
}

/** Larger ones take long to write in decimal. */
const LARGEST = 10n ** 200n;

/** Of an object with more keys, those that are not enumerable count too: to ask for each takes long. */
const MAX_FILTERED = 10_000;

/** An object by its own properties. */
function describeProperties(object: object, describing: Describing): string {
  const name = classNameOf(object);
  if (typeof object === "function") return `[function ${functionName(object)}]`;
  const all = Reflect.ownKeys(object);
  const keys = all.length > MAX_FILTERED ? all : all.filter((key) => isEnumerable(object, key));
  const entries = function* (): Generator<readonly [string, unknown]> {
    for (const key of keys) yield [`${labelOf(key)}: `, valueAt(object, key)];
  };
  return describing.block(name === "Object" ? "{" : `${name} {`, entries(), keys.length, "}");
}

function isEnumerable(object: object, key: PropertyKey): boolean {
  return Object.prototype.propertyIsEnumerable.call(object, key);
}

function valueAt(object: object, key: PropertyKey): unknown {
  const found = dataProperty(object, key);
  return found.type === "value" ? found.value : new NotRead(found.type);
}

function labelOf(key: PropertyKey): string {
  if (typeof key === "symbol") return `[${String(key).slice(0, 200)}]`;
  const text = String(key);
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(short) ? short : JSON.stringify(short);
}

function functionName(object: object): string {
  const name = dataProperty(object, "name");
  return name.type === "value" && typeof name.value === "string" ? name.value.slice(0, 200) : "";
}
