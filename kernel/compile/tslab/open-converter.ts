import type { CompilerOptions, Program, Diagnostic as TsDiagnostic } from "@tslab/typescript-for-tslab";
import type { Converter } from "tslab/dist/converter.js";
import { adaptOptions } from "./compiler-options.js";
import { isDeclarationEmitError } from "./convert-diagnostics.js";
import { createFastBuilder } from "./fast-builder.js";
import { replaceWatching } from "./file-checks.js";
import { globalTypeFiles } from "./global-types.js";
import { type ConverterModule, type LoadedConverter, loadConverter, type Ts } from "./load-converter.js";
import { recordTranspile, type TranspileRecorder } from "./record-transpile.js";
import { rewriteShorthands } from "./rewrite-shorthand.js";

/** tslab's converter as the kernel needs it. */
export interface ConverterSource {
  readonly ts: Ts;
  readonly module: ConverterModule;
  readonly metadata: LoadedConverter["metadata"];
  /** What is known of the texts that converters emit. */
  readonly recorder: TranspileRecorder;
  /** Makes a converter, which reads packages and options afresh. */
  open(): Converter;
  /** Tells the converter which files of the user's have changed. */
  checkFiles(): void;
}

type AnyFunction = (...args: unknown[]) => unknown;

/** Loads the converter with our options, builder, file checks and emit in the place of tslab's. */
export function prepareConverter(folder: string): ConverterSource {
  let program: (() => Program) | undefined;
  let recorder!: TranspileRecorder;
  let checkFiles!: () => void;

  const {
    ts,
    converter: module,
    metadata,
  } = loadConverter((facade, ts) => {
    recorder = recordTranspile(ts);
    const watching = replaceWatching(ts);
    checkFiles = watching.check;
    facade.sys = watching.sys;
    facade.transpileModule = recorder.transpileModule;
    facade.visitEachChild = rewriteShorthands(ts, () => program?.());

    const internal = facade as unknown as Record<string, AnyFunction>;
    for (const name of ["getPreEmitDiagnosticsOfFiles", "getPreEmitDiagnostics"]) {
      const original = internal[name] as (...args: unknown[]) => readonly TsDiagnostic[];
      internal[name] = (...args) => original(...args).filter((each) => !isDeclarationEmitError(each.code));
    }
    const createProgram = createFastBuilder(ts);
    internal.createWatchCompilerHost = (roots, options, ...rest) => {
      const create = ts.createWatchCompilerHost as unknown as AnyFunction;
      const adapted = adaptOptions(ts, options as CompilerOptions, folder);
      const host = create([...(roots as string[]), ...globalTypeFiles()], adapted, ...rest);
      return Object.assign(host as object, {
        createProgram(...args: Parameters<typeof createProgram>) {
          const builder = createProgram(...args);
          program = () => builder.getProgram();
          return builder;
        },
      });
    };
    // Module cells become roots: tslab then names all roots it knows, which are not all there are.
    internal.createWatchProgram = (host) => {
      const watch = (ts.createWatchProgram as unknown as AnyFunction)(host) as {
        updateRootFileNames(names: readonly string[]): void;
      };
      const { updateRootFileNames } = watch;
      watch.updateRootFileNames = (names) => updateRootFileNames([...names, ...globalTypeFiles()]);
      return watch;
    };
  });

  const open = (): Converter => module.createConverter({ isJS: false, isBrowser: false });
  return { ts, module, metadata, recorder, open, checkFiles: () => checkFiles() };
}
