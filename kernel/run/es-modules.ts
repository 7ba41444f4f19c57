import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Whether what a specifier names can only be loaded as an ES module. */
export function isEsModule(specifier: string, require: NodeJS.Require): boolean {
  if (isBuiltin(specifier)) return false;
  try {
    return isEsModuleFile(require.resolve(specifier));
  } catch (error) {
    // A package whose `exports` have nothing for require. Any other error is require's to report.
    return (error as NodeJS.ErrnoException).code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  }
}

/** Imports a module as seen from a folder. */
export async function importFrom(specifier: string, folder: string): Promise<object> {
  return (await import(resolveFrom(specifier, folder))) as object;
}

/** The address of a module as seen from a folder. */
export function resolveFrom(specifier: string, folder: string): string {
  return import.meta.resolve(specifier, pathToFileURL(join(folder, "cell.mjs")).href);
}

/**
 * An ES module as `require` would give it to code that TypeScript made of `import` statements.
 * Live: reads the module's present values.
 */
export function toCommonJs(namespace: object): object {
  const module = { __esModule: true };
  for (const name of Object.keys(namespace)) {
    if (name === "__esModule") continue;
    const get = (): unknown => (namespace as Record<string, unknown>)[name];
    Object.defineProperty(module, name, { enumerable: true, get });
  }
  return module;
}

/**
 * An imported module with what Node does not see of a CommonJS one: a default export that it names itself, and names
 * that it sets in ways the lexer of Node does not follow.
 */
export function withMissingNames(namespace: object, wanted: readonly string[]): object {
  const { default: exports, __esModule } = namespace as { default?: unknown; __esModule?: unknown };
  const isObject = (typeof exports === "object" && exports !== null) || typeof exports === "function";
  if (!isObject) return namespace;
  if (__esModule && (exports as { __esModule?: unknown }).__esModule) return exports as object;
  const missing = wanted.filter((name) => !(name in namespace) && name in (exports as object));
  if (missing.length === 0) return namespace;
  const module = { ...namespace };
  for (const name of missing) {
    const get = (): unknown => (exports as Record<string, unknown>)[name];
    Object.defineProperty(module, name, { enumerable: true, get });
  }
  return module;
}

function isEsModuleFile(file: string): boolean {
  const extension = extname(file);
  if (extension !== ".js") return extension === ".mjs";
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      const json = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { type?: unknown };
      return json.type === "module";
    } catch {
      // None here, or one that Node would not read either: the next folder up decides.
    }
    if (folder === dirname(folder)) return false;
  }
}
