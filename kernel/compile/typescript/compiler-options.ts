import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageTypePaths } from "../package-modules.js";
import { findTypeRoots } from "../type-roots.js";

/** Compiler options as they stand in a tsconfig.json. */
export type CompilerOptions = Readonly<Record<string, unknown>>;

const defaults: CompilerOptions = {
  target: "esnext",
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  // Without the DOM: cells run in Node.
  lib: ["esnext"],
  strict: false,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  jsx: "react",
};

/** Options that say how cells are checked and what they mean. Those on modules, files and output are the kernel's own. */
const userOptions = [
  "strict",
  "noImplicitAny",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictBuiltinIteratorReturn",
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
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "customConditions",
] as const;

/** The compiler's numbers for `jsx`. */
const jsxModes = [undefined, "preserve", "react", "react-native", "react-jsx", "react-jsxdev"];

/** The options for cells of a folder. */
export function compilerOptions(folder: string, user: CompilerOptions): CompilerOptions {
  const chosen = userOptions.filter((name) => user[name] !== undefined).map((name) => [name, user[name]]);
  return {
    ...defaults,
    ...findTypeRoots(folder),
    paths: packageTypePaths(folder),
    ...Object.fromEntries(chosen),
  };
}

/** What a compiler says of a tsconfig.json, in the words of the file. */
export function asWritten(options: CompilerOptions): CompilerOptions {
  const { lib, jsx, ...rest } = options;
  return {
    ...rest,
    ...(Array.isArray(lib) && { lib: lib.map((each) => String(each).replace(/^.*lib\.|\.d\.ts$/g, "")) }),
    ...(jsx !== undefined && { jsx: typeof jsx === "number" ? jsxModes[jsx] : jsx }),
  };
}

/**
 * The tsconfig.json that concerns a notebook's folder: in it or above, up to the project's own folder, the first with a
 * package.json or a repository.
 */
export function findConfig(folder: string): string | undefined {
  const path = join(folder, "tsconfig.json");
  if (existsSync(path)) return path;
  const isProject = ["package.json", ".git"].some((name) => existsSync(join(folder, name)));
  const parent = dirname(folder);
  return isProject || parent === folder ? undefined : findConfig(parent);
}
