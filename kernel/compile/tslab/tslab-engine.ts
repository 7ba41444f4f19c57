import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { SymbolDisplayPart } from "@tslab/typescript-for-tslab";
import type { Converter, ConvertResult } from "tslab/dist/converter.js";
import type { CompileResult, Engine, Inspection, LocalModule, Script } from "../engine.js";
import { mayBeThereNow } from "../missing-modules.js";
import { blankExports, readMetadata } from "./cell-source.js";
import { convertDiagnostics } from "./convert-diagnostics.js";
import { checkCompleteness } from "./is-complete.js";
import { prepareConverter } from "./open-converter.js";

/** Lines of `export {};` that tslab puts before a cell, and before a cell that is a module. */
const CELL_PREFIX_LINES = 1;

/** A cell that runs nothing. */
const NOTHING: CompileResult = {
  ok: true,
  script: { text: "", sourceMaps: [], prefixLines: 0, imports: [] },
  isAsync: false,
  binding: { type: "commonjs", resultName: undefined },
  modules: [],
  warnings: [],
};

export interface TslabEngineOptions {
  /** The notebook's folder. */
  readonly folder: string;
  /** Variables that are there without a cell of this engine having declared them. */
  readonly variables?: readonly string[];
}

/** The engine on tslab's converter and its TypeScript 5.0. Cells see earlier ones through a declaration file. */
export function createTslabEngine({ folder, variables = [] }: TslabEngineOptions): Engine {
  const { ts, module, metadata, recorder, open, checkFiles } = prepareConverter(folder);
  let converter = open();
  let declarations = variables.map((name) => `export declare let ${name}: any;\n`).join("");
  let pending = { key: "", declarations };
  /** Cells that are modules (`@module NAME`), by name. */
  const cellModules = new Map<string, string>();

  const addModule = (opened: Converter, name: string, code: string) =>
    opened.addModule(name, code, readMetadata(metadata, code));

  // A converter's whole state are the declarations, which it is given each time, and the cells that are modules.
  const reopen = (): void => {
    converter.close();
    converter = open();
    for (const [name, code] of cellModules) addModule(converter, name, code);
  };

  const convert = (code: string): ConvertResult => {
    checkFiles();
    const result = converter.convert(declarations, code);
    if (!mayBeThereNow(folder, convertDiagnostics(result.diagnostics))) return result;
    reopen();
    return converter.convert(declarations, code);
  };

  const defineModule = (name: string, code: string): CompileResult => {
    checkFiles();
    cellModules.set(name, code);
    const diagnostics = convertDiagnostics(addModule(converter, name, code));
    // The paths of its own mistakes are those of a file that does not exist.
    return diagnostics.length === 0
      ? NOTHING
      : { ok: false, diagnostics: diagnostics.map((each) => ({ ...each, file: undefined })) };
  };

  const script = (text: string, prefixLines: number): Script => ({
    text,
    prefixLines,
    ...recorder.take(text),
  });

  return {
    compile({ key, code }): CompileResult {
      const { module: name, mode } = readMetadata(metadata, code);
      if (name !== undefined) return defineModule(name, code);
      // tslab's marker for code of a browser, of which there is none.
      if (mode === "browser") return NOTHING;
      const result = convert(blankExports(ts, code));
      const diagnostics = convertDiagnostics(result.diagnostics);
      if (diagnostics.length > 0) return { ok: false, diagnostics };
      pending = { key, declarations: result.declOutput ?? "" };
      return {
        ok: true,
        script: script(result.output ?? "", CELL_PREFIX_LINES),
        isAsync: result.hasToplevelAwait ?? false,
        binding: { type: "commonjs", resultName: result.lastExpressionVar },
        warnings: [],
        modules: (result.sideOutputs ?? []).map(({ path, data }): LocalModule => {
          const name = relative(folder, path).replace(/\.js$/, "");
          const isCell = cellModules.has(name);
          const source = isCell ? name : findSource(folder, name);
          return { path, source, ...script(data, isCell ? CELL_PREFIX_LINES : 0) };
        }),
      };
    },

    commit(key) {
      if (pending.key === key) declarations = pending.declarations;
    },

    discard() {},

    // The converter emits what cells import with the cells.
    emitModule: () => ({ ok: true, modules: [] }),

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

    reset() {
      declarations = "";
      pending = { key: "", declarations };
    },

    refresh: reopen,
    warmUp: () => void convert("1"),
    describe: () => ({ name: "tslab", version: ts.version, memory: 0 }),
  };
}

/** The file that was compiled to `name.js`. */
function findSource(folder: string, name: string): string {
  const endings = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx"];
  return name + (endings.find((ending) => existsSync(join(folder, name + ending))) ?? ".js");
}

function textOf(parts: readonly SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map((part) => part.text).join("");
}
