import { readFileSync, statSync } from "node:fs";
import { dirname, relative } from "node:path";
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
  /** Tells the checker of modules that have changed on disk; before a cell is checked. */
  noticeChanges(): void;
  /** A module that a cell defines, by its path. */
  define(path: string, text: string): void;
}

export interface LoadedModules {
  readonly modules: readonly LocalModule[];
  readonly diagnostics: readonly Diagnostic[];
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
  /** Texts of modules that cells define, by path. */
  const defined = new Map<string, string>();
  const isFile = (path: string): boolean =>
    defined.has(path) || (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);

  const read = (path: string): { parsed: ParsedCell; module: LocalModule } => {
    const text = defined.get(path) ?? readFileSync(path, "utf8");
    const parsed = readCell(text, path.endsWith("x"));
    const [fault] = parsed.errors;
    const source = relative(folder, path);
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
    const text = defined.get(path) ?? readFileSync(path, "utf8");
    const source = relative(folder, path);
    return checker.checkFile(path).map((raw) => reportFile(raw, source, text));
  };

  return {
    load(imports, from) {
      const modules: LocalModule[] = [];
      const diagnostics: Diagnostic[] = [];
      const seen = new Set<string>();
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
          const wrong = check(path);
          diagnostics.push(...wrong);
          if (wrong.length > 0) continue;
          const { parsed, module } = read(path);
          visit(parsed.imports, dirname(path));
          modules.push(module);
          if (diagnostics.length === 0) known.set(path, { modifiedMs, imports: parsed.imports });
        }
      };
      visit(imports, from);
      return { modules, diagnostics };
    },

    noticeChanges() {
      const changed = [...known].filter(([path, { modifiedMs }]) => modifiedAt(path) !== modifiedMs);
      for (const [path] of changed) {
        if (!defined.has(path)) checker.changed([path]);
      }
    },

    define(path, text) {
      defined.set(path, text);
      checker.write(path, text);
      known.delete(path);
    },
  };

  function modifiedAt(path: string): number {
    if (defined.has(path)) return 0;
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
  }
}
