import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** The compiler options `typeRoots` and `types`. */
export interface TypeRoots {
  readonly typeRoots: string[];
  readonly types: string[];
}

/**
 * The `@types` of the notebook's folder and those above it.
 * @param own a module that Node's own types are found from if none of them has any. @defaultValue this package
 */
export function findTypeRoots(folder: string, own: NodeJS.Require = require): TypeRoots {
  const typeRoots = foldersUpward(folder)
    .map((each) => join(each, "node_modules", "@types"))
    .filter((root) => existsSync(root));
  const types = new Set(typeRoots.flatMap(readFolder).filter((name) => !name.startsWith(".")));
  if (!types.has("node")) {
    types.add("node");
    typeRoots.push(dirname(dirname(own.resolve("@types/node/package.json"))));
  }
  return { typeRoots, types: [...types] };
}

function foldersUpward(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpward(parent)];
}

/** What stands in a folder; nothing when it cannot be read. */
function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
