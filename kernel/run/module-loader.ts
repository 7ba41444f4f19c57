import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CompilerClient } from "../compile/compiler-client.js";
import { type LocalModule, SLOT_PARAMETERS } from "../compile/engine.js";
import { isLocalSpecifier, isTypeScript, resolveLocal } from "../compile/resolve-local.js";
import type { CellRequire } from "./cell-require.js";
import { CompileError } from "./compile-error.js";
import { importFrom, resolveFrom, withMissingNames } from "./es-modules.js";
import { compileBody } from "./evaluate-script.js";
import { importLent } from "./lent-packages.js";
import type { PackageImports } from "./package-imports.js";

/** `import` as cells and local modules have it. */
export interface ModuleLoader {
  /** Local modules that are new or have changed: they, and those that import them, run again when they are imported. */
  add(modules: readonly LocalModule[]): void;
  /** @param wanted names that the importing code asks for. */
  import(specifier: string, wanted: readonly string[] | undefined, folder: string): Promise<object>;
  /** What a script gets as its {@link SLOT_PARAMETERS}, after its scope and the object for its result. */
  parameters(path: string): readonly unknown[];
}

export interface LoaderOptions {
  readonly packages: PackageImports;
  readonly compiler: Pick<CompilerClient, "emitModule">;
  requireFrom(folder: string): CellRequire;
  /** Called with what the compiler has emitted for an `import()` of a name made up at run time. */
  onModules(modules: readonly LocalModule[]): void;
}

interface Loading {
  readonly exports: object;
  readonly done: Promise<object>;
  isDone: boolean;
  /** Modules that it waits for. */
  readonly waitsFor: Set<string>;
}

export function createModuleLoader({
  packages,
  compiler,
  requireFrom,
  onModules,
}: LoaderOptions): ModuleLoader {
  const sources = new Map<string, LocalModule & { readonly modifiedMs: number }>();
  const loaded = new Map<string, Loading>();
  const isFile = (path: string): boolean =>
    sources.has(path) || (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);

  const waits = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(loaded.get(from)?.waitsFor ?? [])].some((next) => waits(next, to, seen));
  };

  /** Modules that import each other get what the other one has by then, as ES modules do. */
  const importLocal = async (path: string, importer: string | undefined): Promise<object> => {
    const module = loaded.get(path) ?? run(path);
    if (module.isDone) return module.exports;
    if (importer !== undefined) {
      if (waits(path, importer)) return module.exports;
      loaded.get(importer)?.waitsFor.add(path);
    }
    return module.done;
  };

  const run = (path: string): Loading => {
    const { text } = sources.get(path) as LocalModule;
    const exports = Object.create(null) as object;
    const body = compileBody({ text, isAsync: true, parameters: SLOT_PARAMETERS, filename: path });
    const bind = body.runInThisContext({ displayErrors: false }) as (
      ...args: unknown[]
    ) => () => Promise<void>;
    let begin!: () => void;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const module: Loading = {
      exports,
      isDone: false,
      waitsFor: new Set(),
      done: begun
        .then(() => bind(exports, {}, ...parameters(path, path))())
        .then(
          () => {
            module.isDone = true;
            return exports;
          },
          (error: unknown) => {
            loaded.delete(path);
            throw error;
          },
        ),
    };
    loaded.set(path, module);
    begin();
    return module;
  };

  const add = (modules: readonly LocalModule[]): void => {
    for (const module of modules)
      sources.set(module.path, { ...module, modifiedMs: modifiedAt(module.path) });
    // Those that import them hold their old exports: all start afresh.
    if (modules.length > 0) loaded.clear();
  };

  const emit = async (path: string): Promise<void> => {
    const result = await compiler.emitModule(path);
    if (!result.ok) throw new CompileError(result.diagnostics);
    add(result.modules);
    onModules(result.modules);
  };

  const importFile = async (
    specifier: string,
    folder: string,
    importer: string | undefined,
  ): Promise<object> => {
    const path = resolveLocal(specifier, folder, isFile);
    if (path === undefined) throw notFound(specifier, folder);
    if (path.endsWith(".json")) return readJson(path);
    if (!isTypeScript(path)) return withMissingNames((await import(pathToFileURL(path).href)) as object, []);
    const known = sources.get(path);
    if (!known || (!importer && known.modifiedMs !== modifiedAt(path))) await emit(path);
    return importLocal(path, importer);
  };

  const importFor = async (
    specifier: string,
    wanted: readonly string[] | undefined,
    folder: string,
    importer?: string,
  ): Promise<object> => {
    if (packages.has(specifier)) return packages.load(specifier);
    if (isLocalSpecifier(specifier)) return importFile(specifier, folder, importer);
    const found = importLent(specifier, folder) ?? importFrom(specifier, folder);
    return withMissingNames((await found) as object, wanted ?? []);
  };

  const parameters = (path: string, importer?: string): readonly unknown[] => {
    const folder = dirname(path);
    const meta = {
      url: pathToFileURL(path).href,
      filename: path,
      dirname: folder,
      resolve: (specifier: string) => resolveFrom(specifier, folder),
    };
    const importModule = async (
      specifier: unknown,
      wanted?: readonly string[],
      isOptional?: boolean,
    ): Promise<object> => {
      const names = Array.isArray(wanted) ? wanted : undefined;
      try {
        return await importFor(String(specifier), names, folder, importer);
      } catch (error) {
        // It was checked, so it has types; none of its names is used here: there may be nothing else.
        if (isOptional !== true || !isMissing(error, String(specifier))) throw error;
        return {};
      }
    };
    return [importModule, meta, requireFrom(folder), path, folder];
  };

  return { add, import: importFor, parameters: (path) => parameters(path) };
}

/** 0 for what is no file, such as a module that a cell defines. */
function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function readJson(path: string): object {
  const value: unknown = JSON.parse(readFileSync(path, "utf8"));
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return { ...(isObject ? value : {}), default: value };
}

/** Whether the module itself is missing, and not one that it imports. */
function isMissing(error: unknown, specifier: string): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === "ERR_MODULE_NOT_FOUND" && String(message).includes(`'${specifier}'`);
}

function notFound(specifier: string, folder: string): Error {
  const error = new Error(`Cannot find module '${specifier}' from ${join(folder, "/")}`);
  return Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
}
