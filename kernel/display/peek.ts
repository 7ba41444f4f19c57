import { types } from "node:util";

/** Longest chain of prototypes that is followed; classes of libraries have fewer than ten. */
const MAX_CHAIN = 20;

interface Found {
  readonly descriptor: PropertyDescriptor;
  readonly isOwn: boolean;
}

/**
 * A property of a value of which nothing is known, read so that none of its code runs: a getter and a proxy give undefined.
 * This is how rows recognise what they show; once they know the class they may use it.
 */
export function peek(value: unknown, key: PropertyKey): unknown {
  return find(value, key)?.descriptor.value;
}

/** Whether all of these are methods of a value. */
export function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  return names.every((name) => typeof peek(value, name) === "function");
}

/** Whether the class of a value (not the value itself) has a getter of this name. */
export function hasClassGetter(value: unknown, key: PropertyKey): boolean {
  const found = find(value, key);
  return found !== undefined && !found.isOwn && found.descriptor.get !== undefined;
}

function find(value: unknown, key: PropertyKey): Found | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  let object: object | null = value;
  for (let depth = 0; object !== null && depth < MAX_CHAIN; depth++) {
    if (types.isProxy(object)) return undefined;
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor) return { descriptor, isOwn: depth === 0 };
    object = Object.getPrototypeOf(object) as object | null;
  }
  return undefined;
}
