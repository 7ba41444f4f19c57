import { join } from "node:path";
import type {
  CompilerOptions,
  Program,
  SymbolDisplayPart,
  Diagnostic as TsDiagnostic,
} from "@tslab/typescript-for-tslab";
import type { Converter, ConvertResult, Diagnostic as TslabDiagnostic } from "tslab/dist/converter.js";
import type { CompileResult, Diagnostic, Engine, Inspection, LocalModule, Script } from "../engine.js";
import { adaptOptions } from "./compiler-options.js";
import { createFastBuilder } from "./fast-builder.js";
import { replaceWatching } from "./file-checks.js";
import { checkCompleteness } from "./is-complete.js";
import { loadConverter } from "./load-converter.js";
import { recordTranspile, type TranspileRecorder } from "./record-transpile.js";
import { rewriteShorthands } from "./rewrite-shorthand.js";

/** The types of what every cell has without an import. */
const GLOBALS = join(import.meta.dirname, "..", "assets", "globals.d.ts");
/** Lines of `export {};` that tslab puts before a cell. */
const CELL_PREFIX_LINES = 1;
/** "Cannot find module". */
const MODULE_NOT_FOUND = 2307;

/**
 * Errors about declarations that cannot be written down ("has or is using name … but cannot be named"). They concern the
 * declaration file that carries types to later cells, not the user's code; there the type becomes `any`.
 */
const isDeclarationEmitError = (code: number): boolean => code === 2742 || (code >= 4000 && code <= 4103);

/** The engine on tslab's converter and its TypeScript 5.0. Cells see earlier ones through a declaration file. */
export function createTslabEngine({ folder }: { readonly folder: string }): Engine {
  let program: (() => Program) | undefined;
  let recorder!: TranspileRecorder;
  let checkFiles!: () => void;

  const { ts, converter: module } = loadConverter((facade, ts) => {
    recorder = recordTranspile(ts);
    const watching = replaceWatching(ts);
    checkFiles = watching.check;
    facade.sys = watching.sys;
    facade.transpileModule = recorder.transpileModule;
    facade.visitEachChild = rewriteShorthands(ts, () => program?.());
    const internal = facade as unknown as {
      getPreEmitDiagnosticsOfFiles(...args: unknown[]): readonly TsDiagnostic[];
    };
    const { getPreEmitDiagnosticsOfFiles } = internal;
    internal.getPreEmitDiagnosticsOfFiles = (...args) =>
      getPreEmitDiagnosticsOfFiles(...args).filter((each) => !isDeclarationEmitError(each.code));
    const createProgram = createFastBuilder(ts);
    const createHost = (
      roots: string[],
      options: CompilerOptions,
      ...rest: unknown[]
    ): { createProgram: unknown } => {
      const create = ts.createWatchCompilerHost as unknown as (...args: unknown[]) => {
        createProgram: unknown;
      };
      const host = create([...roots, GLOBALS], adaptOptions(ts, options, folder), ...rest);
      host.createProgram = (...args: Parameters<typeof createProgram>) => {
        const builder = createProgram(...args);
        program = () => builder.getProgram();
        return builder;
      };
      return host;
    };
    facade.createWatchCompilerHost = createHost as unknown as typeof facade.createWatchCompilerHost;
  });

  const open = (): Converter => module.createConverter({ isJS: false, isBrowser: false });
  let converter = open();
  let declarations = "";
  let pending = { key: "", declarations };

  const convert = (code: string): ConvertResult => {
    checkFiles();
    const result = converter.convert(declarations, code);
    if (!result.diagnostics.some((each) => each.code === MODULE_NOT_FOUND)) return result;
    // The package may have been installed since: a new converter looks again. Its whole state is the declarations.
    converter.close();
    converter = open();
    return converter.convert(declarations, code);
  };

  const script = (text: string, prefixLines: number): Script => ({
    text,
    prefixLines,
    ...recorder.take(text),
  });

  return {
    compile({ key, code }): CompileResult {
      const result = convert(code);
      const diagnostics = mergeChains(result.diagnostics);
      if (diagnostics.length > 0) return { ok: false, diagnostics };
      pending = { key, declarations: result.declOutput ?? "" };
      return {
        ok: true,
        script: script(result.output ?? "", CELL_PREFIX_LINES),
        isAsync: result.hasToplevelAwait ?? false,
        resultName: result.lastExpressionVar,
        modules: (result.sideOutputs ?? []).map(
          ({ path, data }): LocalModule => ({ path, ...script(data, 0) }),
        ),
      };
    },

    commit(key) {
      if (pending.key === key) declarations = pending.declarations;
    },

    complete(code, offset) {
      const found = converter.complete(declarations, code, offset);
      const kinds = new Map(found.original?.entries.map((entry) => [entry.name, entry.kind]));
      const items = found.candidates.map((name) => ({ name, kind: kinds.get(name) ?? "" }));
      return { start: found.start, end: found.end, items };
    },

    inspect(code, offset): Inspection | undefined {
      for (const at of [offset, offset - 1]) {
        const info = at >= 0 ? converter.inspect(declarations, code, at) : undefined;
        if (!info) continue;
        const tags = (info.tags ?? []).map((tag) => `@${tag.name} ${textOf(tag.text)}`.trim());
        return {
          signature: textOf(info.displayParts),
          documentation: [textOf(info.documentation), ...tags].filter(Boolean).join("\n\n"),
        };
      }
      return undefined;
    },

    isComplete: (code) => checkCompleteness(ts, module, code),
  };
}

function textOf(parts: readonly SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map((part) => part.text).join("");
}

/** tslab gives the links of a message chain ("not assignable …: types of property …") as diagnostics of one place. */
function mergeChains(found: readonly TslabDiagnostic[]): Diagnostic[] {
  const merged: (Diagnostic & { message: string })[] = [];
  let previous: TslabDiagnostic | undefined;
  for (const each of found) {
    const { start, end, messageText, code, fileName } = each;
    const isLink = previous?.start.offset === start.offset && previous.end.offset === end.offset;
    const last = merged.at(-1);
    if (last && isLink) last.message += `\n  ${messageText}`;
    else {
      merged.push({
        file: fileName,
        line: start.line + 1,
        column: start.character + 1,
        length: end.line === start.line ? Math.max(1, end.character - start.character) : 1,
        code,
        message: messageText,
      });
    }
    previous = each;
  }
  return merged;
}
