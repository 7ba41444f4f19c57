import { createRequire } from "node:module";
import type { CellSource, CompileResult, Diagnostic, Engine, ModuleResult, Rejected } from "../engine.js";
import { globalDeclarations } from "../global-declarations.js";
import { mayBeThereNow } from "../missing-modules.js";
import { createAssistance } from "./assistance.js";
import { checkCompleteness } from "./check-completeness.js";
import { type Checker, CheckerCrashed, CheckerStopped } from "./checker.js";
import { type CompilerGuard, noGuard } from "./compiler-guard.js";
import { asWritten, compilerOptions, findConfig } from "./compiler-options.js";
import { emitCell } from "./emit-cell.js";
import { explainPaths } from "./explain-paths.js";
import { createExportedNames } from "./exported-names.js";
import { languageOptions } from "./language-options.js";
import { createLocalModules } from "./local-modules.js";
import { continuedBy } from "./names.js";
import { createNativeChecker } from "./native/native-checker.js";
import type { PlacedCell } from "./placed-cell.js";
import { readCell } from "./read-cell.js";
import { readMetadata } from "./read-metadata.js";
import { reportConfig } from "./report-config.js";
import { reportCell, reportFault } from "./report-diagnostics.js";
import { createSession } from "./session.js";
import { withImport } from "./suggest-import.js";
import { createVirtualProject } from "./virtual-project.js";
import { isWarning, mayHaveWarnings, splitErrors } from "./warnings.js";

export interface TypeScriptEngineOptions {
  /** The notebook's folder. */
  readonly folder: string;
  /** Ends the compiler when it takes too long. @defaultValue nobody does */
  readonly guard?: CompilerGuard;
}

/** A compiled cell that has not ended. */
interface Pending {
  readonly placed: PlacedCell;
  readonly values: readonly string[];
}

const require = createRequire(import.meta.url);

/**
 * The engine on TypeScript 7. Each cell is a module in a slot of a virtual project; what it mentions of earlier cells
 * comes in through a line above it.
 *
 * @throws when the native compiler cannot be started.
 */
export function createTypeScriptEngine({ folder, guard = noGuard }: TypeScriptEngineOptions): Engine {
  const project = createVirtualProject(folder, globalDeclarations());
  const checker: Checker = createNativeChecker(folder, project, guard);
  const config = findConfig(folder);
  const user = config === undefined ? {} : asWritten(checker.parseConfig(config));
  /** What the first cell that compiles says of tsconfig.json. */
  const ofConfig =
    config === undefined ? [] : reportConfig(config, checker.configErrors(config), user, folder);
  const options = compilerOptions(folder, user);
  project.configure(options);
  const language = languageOptions(options);
  const session = createSession(project, checker, language);
  const locals = createLocalModules(folder, checker, language);
  const exported = createExportedNames(folder);
  const assistance = createAssistance({ folder, exported, project, checker, session });
  const pending = new Map<string, Pending>();

  const defineModule = (name: string, code: string, tsx: boolean): CompileResult => {
    const diagnostics = locals.define(name, code, tsx);
    // The place is in the cell, whatever the module is called.
    return diagnostics.length === 0
      ? NOTHING
      : { ok: false, diagnostics: diagnostics.map((each) => ({ ...each, file: undefined })) };
  };

  const compile = ({ key, code, slot }: CellSource): CompileResult => {
    const { module, jsx, browser } = readMetadata(code);
    if (browser) return NOTHING;
    if (module !== undefined) return defineModule(module, code, jsx);
    const cell = readCell(code);
    // Nor can the checker be asked about it.
    if (cell.isTooDeep) return { ok: false, diagnostics: cell.errors.map((each) => reportFault(code, each)) };
    locals.noticeChanges();
    const placed = session.place(key, cell, slot);
    const isParsed = cell.errors.length === 0;
    let found = checker.check(placed.path, placed.file.text, isParsed);
    let diagnostics = reportCell(cell, placed.file, found, folder);
    if (mayBeThereNow(folder, diagnostics)) {
      checker.invalidate();
      found = checker.check(placed.path, placed.file.text, isParsed);
      diagnostics = reportCell(cell, placed.file, found, folder);
    }
    if (diagnostics.some(({ code }) => code === UNKNOWN_NAME)) {
      const whole = session.fileWithAllNames(placed);
      diagnostics = reportCell(cell, whole, checker.check(placed.path, whole.text), folder);
    }
    if (cell.imports.length > 0) locals.watch();
    const { errors, warnings } = splitErrors(diagnostics, user);
    if (errors.length > 0) {
      const explained = errors.map((each) => explainPaths(each, user, folder));
      return { ok: false, diagnostics: explained.map((each) => withImport(each, exported, folder)) };
    }
    const continued = (name: string) => {
      const declared = cell.declarations.get(name);
      const old = declared && continuedBy(session.names.get(name), declared);
      const slot = session.scopeOf(name);
      return old && slot !== undefined ? { slot, members: old.members } : undefined;
    };
    const emitted = emitCell(cell, {
      language,
      isModule: false,
      slotOf: (name) => (cell.declarations.get(name)?.value ? undefined : session.scopeOf(name)),
      continued,
    });
    const { text, sourceMaps, isAsync, uses, values } = emitted;
    pending.set(key, { placed, values });
    const misfits = new Set(
      placed.file.probes
        .filter(({ start, end }) => found.some((each) => each.start >= start && each.start < end))
        .map((probe) => probe.name),
    );
    const replaces = values.flatMap((name) => {
      const slot = session.scopeOf(name);
      return slot === undefined || misfits.has(name) ? [] : [{ name, slot }];
    });
    if (mayHaveWarnings(code)) {
      const suggestions = checker.suggestions(placed.path).filter(isWarning);
      warnings.push(...reportCell(cell, placed.file, suggestions, folder));
    }
    // Last: what it gives must reach the runtime.
    const local = locals.load(cell.imports, folder);
    if (local.diagnostics.length > 0) {
      return { ok: false, diagnostics: local.diagnostics.map((each) => explainPaths(each, user, folder)) };
    }
    return {
      ok: true,
      script: { text, sourceMaps, prefixLines: 0, imports: cell.imports },
      isAsync,
      binding: { type: "slots", slot: placed.slot, uses, values, replaces },
      modules: local.modules,
      warnings,
    };
  };

  const orRejected = <T>(work: () => T): T | Rejected => {
    try {
      return work();
    } catch (error) {
      if (error instanceof CheckerStopped) return reject(STOPPED);
      if (error instanceof CheckerCrashed) return reject(CRASHED);
      // The stack is full: of a chain without brackets, such as a hundred thousand conditions.
      if (error instanceof RangeError) return reject(TOO_LONG);
      if (error instanceof SyntaxError) return reject(error.message);
      throw error;
    }
  };

  const discard = (key: string): void => {
    pending.delete(key);
    session.discard(key);
  };

  return {
    compile(source) {
      const result = orRejected(() => compile(source));
      if (!result.ok) {
        discard(source.key);
        return result;
      }
      return { ...result, warnings: [...ofConfig.splice(0), ...result.warnings] };
    },
    commit(key, live) {
      const ended = pending.get(key);
      pending.delete(key);
      if (ended) session.commit(key, ended.placed, ended.values, live);
    },
    discard,
    emitModule: (path): ModuleResult =>
      orRejected(() => {
        const { modules, diagnostics } = locals.emit(path);
        return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, modules };
      }),
    ...assistance,
    isComplete: checkCompleteness,
    reset: session.reset,
    refresh: () => checker.invalidate(),
    warmUp() {
      compile({ key: "warm-up", code: "1" });
      discard("warm-up");
    },
    describe: () => ({
      name: "typescript",
      version: (require("typescript/package.json") as { version: string }).version,
      memory: checker.memory,
    }),
  };
}

/** A cell that runs nothing. */
const NOTHING: CompileResult = {
  ok: true,
  script: { text: "", sourceMaps: [], prefixLines: 0, imports: [] },
  isAsync: false,
  binding: { type: "commonjs", resultName: undefined },
  modules: [],
  warnings: [],
};

/** "Cannot find name …", without another one that may have been meant. */
const UNKNOWN_NAME = 2304;

const STOPPED =
  "The type checker was stopped: it took too long with this cell. A type that refers to itself without end, or very large unions, can be the reason.";

const CRASHED =
  "The TypeScript compiler ended several times while it checked this cell, which was therefore not run: a fault of the compiler. It was started again and the names of earlier cells are there; write the cell in another way, or in parts, to find what it fails on.";

const TOO_LONG =
  "An expression or a statement of this cell nests too deep for the compiler. Give parts of it names, or read data from a file.";

function reject(message: string): Rejected {
  const diagnostic: Diagnostic = { file: undefined, line: 1, column: 1, length: 1, code: 0, message };
  return { ok: false, diagnostics: [diagnostic] };
}
