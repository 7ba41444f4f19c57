import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { emitCell } from "../../../kernel/compile/typescript/emit-cell.js";
import { languageOptions } from "../../../kernel/compile/typescript/language-options.js";
import { readCell } from "../../../kernel/compile/typescript/read-cell.js";

export type Namespace = Record<string, unknown>;
export type Load = (specifier: string) => Promise<Namespace>;

const language = languageOptions({});

/** A module as the engine emits it; run, it puts what it exports on an object. */
export interface EmittedModule {
  run(namespace: Namespace, load: Load): Promise<void>;
}

/** @throws SyntaxError when the parser refuses the module, or V8 what was made of it. */
export function emitModule(file: string): EmittedModule {
  const parsed = readCell(readFileSync(file, "utf8"), file.endsWith("x"));
  const [fault] = parsed.errors;
  if (fault) throw new SyntaxError(`${file}: ${fault.message}`);
  const { text } = emitCell(parsed, { language, slotOf: () => undefined, isModule: true });
  const script = new Script(`(async (__e, __import, __meta, __r) => {${text}\n})`, { filename: file });
  const meta = { url: pathToFileURL(file).href, filename: file, dirname: dirname(file) };
  return {
    async run(namespace, load) {
      await script.runInThisContext()(namespace, load, meta, {});
    },
  };
}
