import { execa } from "execa";
import { cachedFolder } from "./cached-folder.js";

/** Packages that notebooks use and tests try; pinned, so that a new release cannot break the tests. */
const packages = [
  "vega@6.4.0",
  "vega-lite@6.5.0",
  "@duckdb/node-api@1.5.6-r.1",
  "apache-arrow@21.2.0",
  "arquero@7.2.1",
  "nodejs-polars@0.26.1",
  "d3@7.9.2",
  "@observablehq/plot@0.6.17",
  "jsdom@29.1.1",
  "sharp@0.35.5",
];

/**
 * The compiled half of polars, which npm installs only for the platforms that its registry has: apart, so that a machine
 * without it has the others.
 */
const polarsBinary = `nodejs-polars-${process.platform}-${process.arch}${process.platform === "linux" ? "-gnu" : ""}@0.26.1`;

/**
 * A folder in `.cache/` with the packages in its `node_modules` (about 250 MB), fetched from the npm registry the first
 * time. Without install scripts.
 */
export function ensureNotebookPackages(): Promise<string> {
  return cachedFolder("notebook-packages-2", async (folder) => {
    await installPackages(folder, packages);
    await installPackages(folder, [polarsBinary]).catch(() => {});
  });
}

/** Puts packages into the `node_modules` of a folder, from the npm registry, without install scripts. */
export async function installPackages(folder: string, names: readonly string[]): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  await execa("npm", ["install", "--prefix", folder, "--ignore-scripts", ...quiet, ...names]);
}
