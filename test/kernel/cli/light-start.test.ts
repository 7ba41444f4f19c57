import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

/** Packages that a file and all it imports load at once; imports of types and `import()` load nothing. */
function packagesLoadedBy(entry: string): { packages: string[]; files: string[] } {
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
  visit(entry);
  return { packages: [...packages], files: [...files] };
}

test("help and errors load no package at all", () => {
  const { packages, files } = packagesLoadedBy("kernel/cli/main.ts");
  expect(files.length).toBeGreaterThan(10);
  expect(packages.filter((name) => !name.startsWith("node:"))).toEqual([]);
});

test("exporting a notebook as it stands loads no ZeroMQ, web server or Jupyter client", () => {
  const { packages } = packagesLoadedBy("kernel/notebook/export-notebook.ts");
  expect(packages).toContain("zod");
  expect(packages.filter((name) => /zeromq|fastify|@jupyterlab|^ws$|tslab/.test(name))).toEqual([]);
});
