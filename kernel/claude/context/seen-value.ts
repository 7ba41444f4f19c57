import { shapeOf } from "../values/shape-of.js";

/** How a variable stood when Claude was last told of it. */
export interface SeenValue {
  /** A function, object or short text itself; of long texts a part. Objects are not kept alive. */
  readonly value: unknown;
  readonly shape: string;
}

/** Texts up to this length are compared whole, in characters. */
const COMPARED_CHARS = 1_000;

/** Notes a value, to be compared later without running its code. */
export function seeValue(value: unknown): SeenValue {
  const shape = shapeOf(value);
  if ((typeof value === "object" && value !== null) || typeof value === "function")
    return { value: new WeakRef(value), shape };
  if (typeof value === "string" && value.length > COMPARED_CHARS)
    return { value: value.slice(0, COMPARED_CHARS) + value.slice(-COMPARED_CHARS), shape };
  return { value, shape };
}

/** Whether a variable has another value since, or an object one of another shape. */
export function hasChanged(before: SeenValue | undefined, now: SeenValue): boolean {
  if (!before || before.shape !== now.shape) return true;
  return !Object.is(held(before.value), held(now.value));
}

function held(value: unknown): unknown {
  return value instanceof WeakRef ? value.deref() : value;
}
