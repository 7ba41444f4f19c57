import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(resolve(root, "package-lock.json"), "utf8")) as {
  packages: Record<string, LockedPackage>;
};

/** The folder in node_modules that Node would find `name` in, seen from the package in `from`. */
function resolveFrom(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const path = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === "") return undefined;
  }
}

test("the lockfile holds what every platform needs, so that `npm ci` works on all of them", () => {
  // npm drops an optional package that the registry does not have, and `npm ci` then refuses the lockfile.
  const missing = Object.entries(packages).flatMap(
    ([path, { optionalDependencies = {}, dependencies = {} }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => resolveFrom(path, name) === undefined)
        .map((name) => `${path || "."} needs ${name}`),
  );
  expect(missing).toEqual([]);
  expect(Object.keys(packages).length).toBeGreaterThan(100);
});

test("package.json and the lockfile ask for the same", () => {
  const wanted = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as Record<string, unknown>;
  const locked = packages[""] as Record<string, unknown>;
  for (const kind of ["dependencies", "devDependencies"]) expect(locked[kind]).toEqual(wanted[kind]);
});
