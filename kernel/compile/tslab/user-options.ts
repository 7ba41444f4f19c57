import { join } from "node:path";
import type { CompilerOptions } from "@tslab/typescript-for-tslab";
import { log } from "../../log.js";
import type { Ts } from "./load-converter.js";

/** "No inputs were found in config file" and "The 'files' list is empty". */
const NO_INPUTS = 18003;
const EMPTY_FILES = 18002;

/** Options that say how cells are checked and what they mean. Those on modules, files and output are the kernel's own. */
const USER_OPTIONS: readonly (keyof CompilerOptions)[] = [
  "strict",
  "noImplicitAny",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "noImplicitThis",
  "useUnknownInCatchVariables",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noImplicitOverride",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
  "noPropertyAccessFromIndexSignature",
  "allowUnreachableCode",
  "allowUnusedLabels",
  "experimentalDecorators",
  "emitDecoratorMetadata",
  "useDefineForClassFields",
  "lib",
  "types",
  "typeRoots",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "customConditions",
];

/**
 * The compiler options of the `tsconfig.json` beside the notebook, as far as they concern cells; its other parts (files,
 * plugins, references) mean nothing here. One further up is taken if this one extends it.
 */
export function readUserOptions(ts: Ts, folder: string): CompilerOptions {
  const path = join(folder, "tsconfig.json");
  if (!ts.sys.fileExists(path)) return {};
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile);
  // Without files: a folder of notebooks may have none, and they are not looked for.
  const host = { ...ts.sys, readDirectory: () => [] };
  const { options, errors } = ts.parseJsonConfigFileContent({ ...config, files: [] }, host, folder, {}, path);
  for (const { code, messageText } of error ? [error, ...errors] : errors) {
    if (code === NO_INPUTS || code === EMPTY_FILES) continue;
    log(`${path}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  }
  const chosen = USER_OPTIONS.filter((name) => options[name] !== undefined);
  return Object.fromEntries(chosen.map((name) => [name, options[name]]));
}
