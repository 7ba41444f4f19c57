import { createRequire } from "node:module";
import type { CompilerOptions } from "@tslab/typescript-for-tslab";
import { packageTypePaths } from "../package-modules.js";
import { findTypeRoots } from "../type-roots.js";
import type { Ts } from "./load-converter.js";
import { readUserOptions } from "./user-options.js";

/** tslab brings types of Node that its compiler can read. */
const requireOfTslab = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));

/** The compiler options that tslab sets, with the user's and ours in place of some. */
export function adaptOptions(ts: Ts, options: CompilerOptions, folder: string): CompilerOptions {
  return {
    ...options,
    ...findTypeRoots(folder, requireOfTslab),
    ...readUserOptions(ts, folder),
    // Sees the types of packages that name them only in `exports`.
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    inlineSourceMap: true,
    paths: packageTypePaths(folder),
  };
}
