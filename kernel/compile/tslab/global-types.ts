import { join } from "node:path";

const assets = join(import.meta.dirname, "..", "assets");

/** Whether the running Node has a function on a prototype or a constructor. */
const has = (owner: object, name: string): boolean =>
  typeof (owner as Record<string, unknown>)[name] === "function";
const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;

/** Types of the standard library that TypeScript 5.0 lacks, by file; each counts where the running Node has what it declares. */
const newerLibrary: readonly (readonly [file: string, isThere: boolean])[] = [
  ["array-copies.d.ts", has(Array.prototype, "toSorted")],
  ["well-formed-strings.d.ts", has(String.prototype, "isWellFormed")],
  ["group-by.d.ts", has(Object, "groupBy")],
  ["promise-with-resolvers.d.ts", has(Promise, "withResolvers")],
  ["array-from-async.d.ts", has(Array, "fromAsync")],
  ["set-methods.d.ts", has(Set.prototype, "union")],
  ["iterator-helpers.d.ts", has(iteratorPrototype, "map")],
];

/** Declaration files of what every cell has without an import. */
export function globalTypeFiles(): string[] {
  const library = newerLibrary.filter(([, isThere]) => isThere).map(([file]) => join("library", file));
  return ["globals.d.ts", ...library].map((file) => join(assets, file));
}
