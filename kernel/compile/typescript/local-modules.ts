import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Diagnostic, LocalModule } from "../engine.js";
import { isLocalSpecifier, isTypeScript, resolveLocal } from "../resolve-local.js";
import type { Checker } from "./checker.js";
import { emitCell } from "./emit-cell.js";
import type { LanguageOptions } from "./language-options.js";
import { type ParsedCell, readCell } from "./read-cell.js";
import { reportFile } from "./report-diagnostics.js";

/** The user's own `.ts` files that cells import. */
export interface LocalModules {
  /** Looks at the modules that are imported, and at what they import: those that are new or have changed, and what is wrong in them. */
  load(imports: readonly string[], folder: string): LoadedModules;
  /** The same for one whose path was made up at run time, wanted whether it has changed or not. */
  emit(path: string): LoadedModules;
  /** Minds the files that the checker has read, right or wrong; after a check of code that imports. */
  watch(): void;
  /** Tells the checker of those that have changed on disk; before a cell is checked. */
  noticeChanges(): void;
  /** Defines a module that a cell is, under a name. @returns what is wrong in it. */
  define(name: string, text: string, tsx: boolean): Diagnostic[];
}

export interface LoadedModules {
  readonly modules: readonly LocalModule[];
  readonly diagnostics: readonly Diagnostic[];
}

interface DefinedModule {
  readonly name: string;
  readonly text: string;
  readonly version: number;
}

interface Known {
  readonly modifiedMs: number;
  readonly imports: readonly string[];
}

export function createLocalModules(
  folder: string,
  checker: Checker,
  language: LanguageOptions,
): LocalModules {
  const known = new Map<string, Known>();
  /** Files that the checker has read, with the time at which each was changed last. */
  const watched = new Map<string, number>();
  /** Modules that cells are, by path. */
  const defined = new Map<string, DefinedModule>();
  const textOf = (path: string): string => defined.get(path)?.text ?? readFileSync(path, "utf8");
  const sourceOf = (path: string): string => defined.get(path)?.name ?? relative(folder, path);
  const isFile = (path: string): boolean =>
    defined.has(path) || (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);

  const read = (path: string): { parsed: ParsedCell; module: LocalModule } => {
    const parsed = readCell(textOf(path), path.endsWith("x"));
    const [fault] = parsed.errors;
    const source = sourceOf(path);
    // The checker tells all of its errors; this one is for what it lets pass.
    if (fault) throw new SyntaxError(`${source}: ${fault.message}`);
    const { text: body, sourceMaps } = emitCell(parsed, {
      language,
      isModule: true,
      slotOf: () => undefined,
    });
    return {
      parsed,
      module: { path, source, text: body, sourceMaps, prefixLines: 0, imports: parsed.imports },
    };
  };

  const check = (path: string): Diagnostic[] => {
    const text = textOf(path);
    return checker.checkFile(path).map((raw) => reportFile(raw, sourceOf(path), text));
  };

  const load = (imports: readonly string[], from: string): LoadedModules => {
    const modules: LocalModule[] = [];
    const diagnostics: Diagnostic[] = [];
    const seen = new Set<string>();
    const fresh = new Map<string, Known>();
    const visit = (specifiers: readonly string[], at: string): void => {
      for (const specifier of specifiers) {
        const path = isLocalSpecifier(specifier) ? resolveLocal(specifier, at, isFile) : undefined;
        if (!path || !isTypeScript(path) || seen.has(path)) continue;
        seen.add(path);
        const modifiedMs = modifiedAt(path);
        const before = known.get(path);
        if (before?.modifiedMs === modifiedMs) {
          visit(before.imports, dirname(path));
          continue;
        }
        if (!defined.has(path)) watched.set(path, modifiedMs);
        const wrong = check(path);
        diagnostics.push(...wrong);
        if (wrong.length > 0) continue;
        const { parsed, module } = read(path);
        visit(parsed.imports, dirname(path));
        modules.push(module);
        fresh.set(path, { modifiedMs, imports: parsed.imports });
      }
    };
    visit(imports, from);
    // With something wrong nothing of it reaches the runtime: all are new once more.
    if (diagnostics.length === 0) for (const [path, each] of fresh) known.set(path, each);
    return { modules, diagnostics };
  };

  return {
    load,

    emit(path) {
      known.delete(path);
      if (!defined.has(path)) checker.include(path);
      return load([path], folder);
    },

    watch() {
      for (const path of checker.localFiles()) {
        if (!watched.has(path)) watched.set(path, modifiedAt(path));
      }
    },

    noticeChanges() {
      for (const [path, modifiedMs] of watched) {
        const now = modifiedAt(path);
        if (now === modifiedMs) continue;
        watched.set(path, now);
        checker.changed([path]);
      }
    },

    define(name, text, tsx) {
      const path = join(folder, `${name}.${tsx ? "tsx" : "ts"}`);
      defined.set(path, { name, text, version: (defined.get(path)?.version ?? 0) + 1 });
      checker.define(path, text);
      return check(path);
    },
  };

  function modifiedAt(path: string): number {
    const module = defined.get(path);
    // Before all files, and another one each time.
    if (module) return -1 - module.version;
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
  }
}
