import { types } from "node:util";

/** What stands under a key of an object. */
export type PropertyRead =
  | { readonly type: "value"; readonly value: unknown }
  | { readonly type: "getter" | "missing" | "unreadable" };

/** An object's own property, without running code of the object: a getter is not invoked, a proxy not asked. */
export function dataProperty(object: object, key: PropertyKey): PropertyRead {
  if (types.isProxy(object)) return { type: "unreadable" };
  try {
    const found = Object.getOwnPropertyDescriptor(object, key);
    if (!found) return { type: "missing" };
    return "value" in found ? { type: "value", value: found.value } : { type: "getter" };
  } catch {
    // A name of a module that has not come to its declaration.
    return { type: "unreadable" };
  }
}

/** What an object has, itself or from its class, read in the same way. */
export function inheritedProperty(object: object, key: PropertyKey): PropertyRead {
  for (let at: object | null = object; at && !types.isProxy(at); at = Object.getPrototypeOf(at)) {
    const found = dataProperty(at, key);
    if (found.type !== "missing") return found;
  }
  return { type: "missing" };
}

/** The name of an object's class; "Object" for plain ones, and where nothing else is known. */
export function classNameOf(object: object): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (typeof prototype !== "object" || prototype === null) return prototype === null ? "Object" : "Function";
  const made = inheritedProperty(prototype, "constructor");
  if (made.type !== "value" || typeof made.value !== "function") return "Object";
  const name = dataProperty(made.value, "name");
  return name.type === "value" && typeof name.value === "string" && name.value !== ""
    ? name.value.slice(0, 100)
    : "Object";
}
