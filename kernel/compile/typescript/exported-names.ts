import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";
import { resolveLocal } from "../resolve-local.js";
import type { SyntaxNode } from "./syntax-tree.js";

/** Names that packages export, for code that has not imported them yet. */
export interface ExportedNames {
  /** Those that begin with a text, with the package to import each from. */
  startingWith(
    typed: string,
    packages: readonly string[],
  ): { readonly name: string; readonly from: string }[];
}

/** Modules that are read of one package: what it exports from others counts too. */
const MAX_MODULES = 60;

/** @param folder where packages are looked for, and above. */
export function createExportedNames(folder: string): ExportedNames {
  const known = new Map<string, { readonly at: number; readonly names: readonly string[] }>();
  const namesOf = (name: string): readonly string[] => {
    const json = findManifest(name, folder);
    if (json === undefined) return [];
    const at = statSync(json).mtimeMs;
    const before = known.get(json);
    if (before?.at === at) return before.names;
    const entry = typesEntry(json);
    const names = entry === undefined ? [] : [...readExports(entry, new Set())];
    known.set(json, { at, names });
    return names;
  };
  return {
    startingWith: (typed, packages) =>
      packages.flatMap((from) =>
        namesOf(from)
          .filter((name) => name.startsWith(typed))
          .map((name) => ({ name, from })),
      ),
  };
}

/** The packages that the nearest package.json asks for. */
export function dependenciesOf(folder: string): string[] {
  const { dependencies = {}, devDependencies = {} } = readJson(join(folder, "package.json")) ?? {};
  const names = Object.keys({ ...(dependencies as object), ...(devDependencies as object) });
  const parent = dirname(folder);
  if (names.length > 0 || parent === folder) return names.filter((each) => !each.startsWith("@types/"));
  return dependenciesOf(parent);
}

function findManifest(name: string, folder: string): string | undefined {
  const path = join(folder, "node_modules", name, "package.json");
  if (statSync(path, { throwIfNoEntry: false })) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : findManifest(name, parent);
}

/** The declaration file that a package's main entry has. */
function typesEntry(manifest: string): string | undefined {
  const { types, typings, exports, main } = readJson(manifest) ?? {};
  const root = (exports as Record<string, unknown> | undefined)?.["."] ?? exports;
  const named =
    types ??
    typings ??
    typesOf(root) ??
    (typeof main === "string" ? main.replace(/\.[mc]?js$/, "") : "index");
  return typeof named === "string" ? resolveLocal(`./${named}`, dirname(manifest)) : undefined;
}

/** The first `types` among nested conditions. */
function typesOf(conditions: unknown): string | undefined {
  if (typeof conditions !== "object" || conditions === null) return undefined;
  const { types, ...rest } = conditions as Record<string, unknown>;
  if (typeof types === "string") return types;
  for (const each of [types, ...Object.values(rest)]) {
    const found = typesOf(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readExports(path: string, seen: Set<string>): Set<string> {
  const names = new Set<string>();
  if (seen.has(path) || seen.size >= MAX_MODULES) return names;
  seen.add(path);
  const { body } = parseSync("module.d.ts", readFileSync(path, "utf8"), { lang: "dts" }).program;
  for (const node of body as unknown as readonly SyntaxNode[]) {
    if (node.type === "ExportAllDeclaration" && !node.exported) {
      const next = resolveLocal(node.source.value, dirname(path));
      if (next !== undefined) for (const each of readExports(next, seen)) names.add(each);
    } else if (node.type === "ExportNamedDeclaration") {
      for (const each of node.specifiers) names.add(each.exported.name ?? each.exported.value);
      if (node.declaration?.id?.name) names.add(node.declaration.id.name);
      for (const each of node.declaration?.declarations ?? []) if (each.id.name) names.add(each.id.name);
    } else if (node.type === "ExportAllDeclaration") names.add(node.exported.name);
  }
  names.delete("default");
  return names;
}

function readJson(path: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
