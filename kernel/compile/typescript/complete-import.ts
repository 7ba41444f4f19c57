import { existsSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import type { CompletionItem, Completions } from "../engine.js";
import { lentPackages, packageEntries } from "../package-modules.js";

/** What is being typed of an import. */
export interface ImportAtCursor {
  /** A specifier, or one of the names between braces. */
  readonly part: "specifier" | "name";
  /** What stands there so far. */
  readonly typed: string;
  /** For a name: the module, and the names that are there already. */
  readonly specifier: string;
  readonly names: readonly string[];
}

const IN_SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])([^"'\n]*)$/;
const IN_BRACES = /\bimport\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{([^{}]*)$/;
const REST_OF_BRACES = /^([^{}]*)\}\s*from\s*(["'])([^"'\n]+)\2/;

/** The import that stands around an offset; undefined elsewhere. */
export function importAt(code: string, offset: number): ImportAtCursor | undefined {
  const before = code.slice(0, offset);
  const specifier = IN_SPECIFIER.exec(before)?.[2];
  if (specifier !== undefined) return { part: "specifier", typed: specifier, specifier, names: [] };
  const list = IN_BRACES.exec(before)?.[1];
  const rest = list === undefined ? null : REST_OF_BRACES.exec(code.slice(offset));
  if (list === undefined || !rest) return undefined;
  const typed = /[\p{ID_Continue}$]*$/u.exec(list)?.[0] ?? "";
  const others = `${list.slice(0, list.length - typed.length)},${rest[1]}`;
  const names = others.split(",").map((each) => each.trim().replace(/^type\s+|\s+as\s.*$/g, ""));
  return { part: "name", typed, specifier: rest[3] ?? "", names: names.filter(Boolean) };
}

/** Specifiers that begin with what is typed: packages, modules of Node, files. */
export function completeSpecifier(typed: string, offset: number, folder: string): Completions {
  const names = /^\.{1,2}(?:\/|$)/.test(typed) ? files(typed, folder) : modules(folder);
  const items = names
    .filter((name) => name.startsWith(typed))
    .map((name): CompletionItem => ({ name, kind: "module" }));
  return { start: offset - typed.length, end: offset, items };
}

function modules(folder: string): string[] {
  const builtin = builtinModules.filter((name) => !name.startsWith("_")).map((name) => `node:${name}`);
  const own = [...Object.keys(packageEntries), ...lentPackages];
  return [...new Set([...installedPackages(folder), ...own, ...builtin])].sort();
}

/** Packages that a folder can import, by name: those in the `node_modules` of it and of the folders above. */
export function installedPackages(folder: string): string[] {
  const modules = join(folder, "node_modules");
  const names = list(modules).flatMap((name) =>
    name.startsWith("@") ? list(join(modules, name)).map((each) => `${name}/${each}`) : [name],
  );
  const found = names.filter((name) => !name.startsWith(".") && !name.startsWith("@types/"));
  const parent = dirname(folder);
  return parent === folder ? found : [...found, ...installedPackages(parent)];
}

/** `./helper` for `helper.ts`; other files with their ending. */
function files(typed: string, folder: string): string[] {
  const head = typed.slice(0, typed.lastIndexOf("/") + 1) || `${typed}/`;
  const names = list(join(folder, head)).filter((name) => !name.startsWith(".") && name !== "node_modules");
  const specifiers = names.flatMap((name) => {
    if (/\.d\.[mc]?ts$/.test(name)) return [];
    if (/\.[mc]?[jt]sx?$/.test(name)) return [name.replace(/\.tsx?$/, "")];
    return name.endsWith(".json") || existsSync(join(folder, head, name, "index.ts")) ? [name] : [];
  });
  return [...new Set(specifiers)].map((name) => head + name);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
