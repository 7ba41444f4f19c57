import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const manifest = read("package.json") as {
  readonly license: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly provenance?: boolean };
};

/** Every lockfile of the repository; only the first is of what users install. */
const lockfiles = [
  "package-lock.json",
  ...["bench", "docs"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("package-lock.json") && !name.includes("node_modules"))
      .map((name) => join(folder, name)),
  ),
];
const lockedIn = (lockfile: string): [path: string, locked: LockedPackage][] =>
  Object.entries(read(lockfile).packages as Record<string, LockedPackage>).filter(([path]) => path !== "");
const production = lockedIn("package-lock.json").filter(([, { dev }]) => !dev);

/** Licences under which what we install for users may be passed on. No GPL, AGPL, LGPL or SSPL, and none that is not known. */
const allowedLicences = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  // zeromq carries libzmq, whose MPL is about changes to its own files.
  "MIT AND MPL-2.0",
  // argparse, a port of Python's.
  "PSF-2.0",
]);

/** Packages that want to run a program when they are installed; npm runs it only for those in `allowScripts`. */
const withScripts = ["node_modules/esbuild", "node_modules/zeromq"];

/** The lockfile's word, else that of the installed package, which may use the old list. */
function licenceOf(path: string, { license }: LockedPackage): string {
  if (license !== undefined) return license;
  const { licenses = [] } = read(join(path, "package.json")) as { licenses?: { type: string }[] };
  return licenses.map(({ type }) => type).join(" AND ");
}

test("every package that users install has a licence from the list", () => {
  expect(production.length).toBeGreaterThan(100);
  const others = production
    .map(([path, locked]) => `${path}: ${licenceOf(path, locked)}`)
    .filter((line) => !allowedLicences.has(line.split(": ")[1]!));
  expect(others).toEqual([]);
  expect(manifest.license).toBe("MIT");
});

test.each(lockfiles)("%s pins every package by the hash of its contents", (lockfile) => {
  const packages = lockedIn(lockfile);
  expect(packages.length).toBeGreaterThan(0);
  expect(
    packages.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? "")).map(([path]) => path),
  ).toEqual([]);
});

test("nothing of ours runs when the package is installed, and no dependency but those that are known", () => {
  const own = Object.keys(manifest.scripts).filter((name) =>
    /^(pre|post)?install$|^(pre|post)pack/.test(name),
  );
  expect(own).toEqual([]);
  expect(production.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual(
    withScripts,
  );
});

test("the package is published with a statement of where it was built", () => {
  expect(manifest.publishConfig?.provenance).toBe(true);
});
