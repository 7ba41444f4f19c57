import { execa } from "execa";
import { cachedFolder } from "./cached-folder.js";

/** Packages that notebooks use and tests try; pinned, so that a new release cannot break the tests. */
const packages = ["vega@6.4.0", "vega-lite@6.5.0", "@duckdb/node-api@1.5.6-r.1"];

/**
 * A folder in `.cache/` with the packages in its `node_modules` (about 95 MB), fetched from the npm registry the first
 * time. Without install scripts.
 */
export function ensureNotebookPackages(): Promise<string> {
  return cachedFolder("notebook-packages-1", async (folder) => {
    await execa("npm", [
      "install",
      "--prefix",
      folder,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      ...packages,
    ]);
  });
}
