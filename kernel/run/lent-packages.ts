import { createRequire } from "node:module";
import { extname, resolve } from "node:path";
import { lentPackages } from "../compile/package-modules.js";

/** Whether we lend a package: one of ours that the notebook's folder does not have. */
export function isLent(specifier: string, base: NodeJS.Require): boolean {
  const name = specifier.split("/")[0] as (typeof lentPackages)[number];
  if (!lentPackages.includes(name) || extname(specifier) === ".json") return false;
  try {
    base.resolve(specifier);
    return false;
  } catch {
    return true;
  }
}

/** Imports a package that we lend; undefined for all others. */
export function importLent(specifier: string, folder: string): Promise<object> | undefined {
  const base = createRequire(resolve(folder, "cell.js"));
  return isLent(specifier, base) ? import(specifier) : undefined;
}
