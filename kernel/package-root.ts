import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function findPackageRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder))
      throw new Error(`No package.json above ${start}: the installation is broken.`);
  }
}

/** The folder of this package, whether the code runs from `dist/` or from its sources. */
export const packageRoot = findPackageRoot(import.meta.dirname);
