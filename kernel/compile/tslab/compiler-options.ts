import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { CompilerOptions } from "@tslab/typescript-for-tslab";
import { packageTypePaths } from "../package-modules.js";
import type { Ts } from "./load-converter.js";
import { readUserOptions } from "./user-options.js";

const require = createRequire(import.meta.url);

/** The compiler options that tslab sets, with the user's and ours in place of some. */
export function adaptOptions(ts: Ts, options: CompilerOptions, folder: string): CompilerOptions {
  return {
    ...options,
    ...findTypes(folder),
    ...readUserOptions(ts, folder),
    // Sees the types of packages that name them only in `exports`.
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    inlineSourceMap: true,
    paths: packageTypePaths(folder),
  };
}

/** The `@types` of the notebook's folder and those above it; Node's own types come with tslab if none of them has any. */
function findTypes(folder: string): Pick<CompilerOptions, "typeRoots" | "types"> {
  const typeRoots = foldersUpward(folder)
    .map((each) => join(each, "node_modules", "@types"))
    .filter((root) => existsSync(root));
  const types = new Set(
    typeRoots.flatMap((root) => readdirSync(root)).filter((name) => !name.startsWith(".")),
  );
  if (!types.has("node")) {
    types.add("node");
    const tslab = createRequire(require.resolve("tslab/package.json"));
    typeRoots.push(dirname(dirname(tslab.resolve("@types/node/package.json"))));
  }
  return { typeRoots, types: [...types] };
}

function foldersUpward(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpward(parent)];
}
