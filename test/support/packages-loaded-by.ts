import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** Packages that files and all they import load at once; imports of types and `import()` load nothing. */
export function packagesLoadedBy(...entries: readonly string[]): { packages: string[]; files: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(join(root, file), "utf8");
    for (const [, clause = "", specifier = ""] of text.matchAll(
      /^(?:import|export)\s+(?:([^"';=]*?)\s+from\s+)?"([^"]+)"/gm,
    )) {
      const names = /\{([^}]*)\}/
        .exec(clause)?.[1]
        ?.split(",")
        .map((name) => name.trim());
      const isType =
        clause.startsWith("type ") || names?.every((name) => name === "" || name.startsWith("type "));
      if (isType) continue;
      if (specifier.startsWith(".")) {
        visit(relative(root, resolve(root, dirname(file), specifier)).replace(/\.js$/, ".ts"));
      } else packages.add(specifier);
    }
  };
  for (const entry of entries) visit(join(entry));
  return { packages: [...packages], files: [...files] };
}
