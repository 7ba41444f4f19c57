import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { compileFunction } from "node:vm";
import type { LocalModule } from "../compile/engine.js";
import { importFrom, isEsModule, toCommonJs } from "./es-modules.js";
import { isLent } from "./lent-packages.js";
import type { PackageImports } from "./package-imports.js";

/** The `require` of a cell. `import` stands for the `import()` of the user's code. */
export interface CellRequire extends Omit<NodeJS.Require, "main" | "extensions"> {
  import(specifier: string): Promise<unknown>;
  (specifier: string): unknown;
}

/** What cells can import, as seen from the notebook's folder. */
export interface CellModules {
  readonly require: CellRequire;
  requireFrom(folder: string): CellRequire;
  /** Local modules that are new or have changed. */
  addLocal(modules: readonly LocalModule[]): void;
  /** Loads what `require` cannot load when the cell runs: ES modules and this package. */
  prefetch(imports: readonly string[], folder?: string): Promise<void>;
}

const requireOwn = createRequire(import.meta.url);

export function createCellModules(folder: string, packages: PackageImports): CellModules {
  const sources = new Map<string, LocalModule>();
  const loaded = new Map<string, { exports: unknown }>();
  const esModules = new Map<string, object>();
  const requires = new Map<string, CellRequire>();

  const localPath = (specifier: string, from: string): string | undefined => {
    if (!specifier.startsWith(".")) return undefined;
    const path = resolve(from, specifier);
    return [path, `${path}.js`, path.replace(/\.[mc]?tsx?$/, ".js"), resolve(path, "index.js")].find((each) =>
      sources.has(each),
    );
  };

  const runLocal = (path: string): unknown => {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    // Before it runs, for modules that import each other.
    loaded.set(path, module);
    try {
      const { text } = sources.get(path) as LocalModule;
      const parameters = ["exports", "require", "module", "__filename", "__dirname"];
      const run = compileFunction(text, parameters, { filename: path });
      run.call(module.exports, module.exports, requireFrom(dirname(path)), module, path, dirname(path));
    } catch (error) {
      loaded.delete(path);
      throw error;
    }
    return module.exports;
  };

  const requireFrom = (from: string): CellRequire => {
    const known = requires.get(from);
    if (known) return known;
    const base = createRequire(resolve(from, "cell.js"));
    const load = (specifier: string): unknown => {
      const own = packages.get(specifier);
      if (own) return toCommonJs(own);
      const local = localPath(specifier, from);
      if (local) return runLocal(local);
      const esModule = esModules.get(`${from}\0${specifier}`);
      if (esModule) return toCommonJs(esModule);
      return isLent(specifier, base) ? requireOwn(specifier) : base(specifier);
    };
    const importModule = async (specifier: string): Promise<unknown> => {
      if (packages.has(specifier)) return packages.load(specifier);
      if (localPath(specifier, from)) return load(specifier);
      if (isLent(specifier, base)) return import(specifier);
      return importFrom(specifier, from);
    };
    const created = Object.assign(load, { resolve: base.resolve, cache: base.cache, import: importModule });
    requires.set(from, created);
    return created;
  };

  const prefetch = async (imports: readonly string[], from = folder): Promise<void> => {
    const base = createRequire(resolve(from, "cell.js"));
    for (const specifier of imports) {
      const local = localPath(specifier, from);
      if (local) {
        if (!loaded.has(local)) await prefetchLocal(local);
      } else if (packages.has(specifier)) await packages.load(specifier);
      else if (isEsModule(specifier, base)) {
        esModules.set(`${from}\0${specifier}`, await importFrom(specifier, from));
      }
    }
  };

  const visiting = new Set<string>();
  const prefetchLocal = async (path: string): Promise<void> => {
    if (visiting.has(path)) return;
    visiting.add(path);
    try {
      await prefetch((sources.get(path) as LocalModule).imports, dirname(path));
    } finally {
      visiting.delete(path);
    }
  };

  return {
    require: requireFrom(folder),
    requireFrom,
    prefetch,
    addLocal(modules) {
      for (const module of modules) {
        sources.set(module.path, module);
        // Those that import it hold its old exports: all start afresh.
        loaded.clear();
      }
    },
  };
}
