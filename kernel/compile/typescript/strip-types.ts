import { createRequire } from "node:module";
import type * as Esbuild from "esbuild";
import { type TransformOptions, transformSync } from "oxc-transform";
import type { LanguageOptions } from "./language-options.js";
import type { ParsedCell } from "./read-cell.js";
import { withoutExport } from "./syntax-tree.js";

/** JavaScript of a cell, and the source map back to it. */
export interface Stripped {
  readonly code: string;
  /** JSON of a source map, version 3. */
  readonly map: string;
}

/** What Node 20 runs without lowering. */
const OXC_TARGET = "es2022";
const ESBUILD_TARGET = "node20";

const require = createRequire(import.meta.url);
let esbuild: typeof Esbuild | undefined;

/**
 * Removes the types of a cell that parses. By oxc; the few cells with decorators, `accessor`, `using` or namespaces, or
 * with fields of classes that are assigned, by esbuild, which lowers these too and is loaded when the first of them comes.
 *
 * @throws SyntaxError what neither can translate.
 */
export function stripTypes(cell: ParsedCell, options: LanguageOptions): Stripped {
  // oxc leaves fields as they are.
  const hasOldFields = options.assignsFields && /\bclass\b/.test(cell.text);
  const kept = { ...cell, text: keepConstEnums(cell) };
  return cell.needsEsbuild || hasOldFields ? withEsbuild(kept, options) : withOxc(kept, options);
}

/**
 * The text with each `declare const enum` as an enum that is there: TypeScript writes the values of one that is only
 * declared wherever they are used, which oxc does not. All offsets stay.
 */
function keepConstEnums({ text, body }: ParsedCell): string {
  let kept = text;
  for (const statement of body) {
    const node = withoutExport(statement);
    if (node?.type !== "TSEnumDeclaration" || !node.declare || !node.const) continue;
    kept = kept.slice(0, node.start) + kept.slice(node.start).replace(/^declare\b/, "       ");
  }
  return kept;
}

function withOxc({ text, tsx }: ParsedCell, { jsx }: LanguageOptions): Stripped {
  const lang = tsx ? "tsx" : "ts";
  const options: TransformOptions = {
    lang,
    sourceType: "module",
    target: OXC_TARGET,
    sourcemap: true,
    // A name that is imported and not used stays: a later cell may use it.
    typescript: { onlyRemoveTypeImports: true },
    jsx: jsx.importSource
      ? { runtime: "automatic", importSource: jsx.importSource }
      : { runtime: "classic", pragma: jsx.factory, pragmaFrag: jsx.fragment },
  };
  const { code, map, errors } = transformSync(`cell.${lang}`, text, options);
  const [fault] = errors;
  if (fault) throw new SyntaxError(fault.message);
  return { code, map: JSON.stringify(map) };
}

function withEsbuild({ text, tsx }: ParsedCell, options: LanguageOptions): Stripped {
  esbuild ??= require("esbuild") as typeof Esbuild;
  const { jsx, legacyDecorators, assignsFields } = options;
  try {
    const { code, map } = esbuild.transformSync(text, {
      loader: tsx ? "tsx" : "ts",
      format: "esm",
      target: ESBUILD_TARGET,
      sourcemap: "external",
      sourcesContent: false,
      logLevel: "silent",
      tsconfigRaw: {
        compilerOptions: {
          verbatimModuleSyntax: true,
          experimentalDecorators: legacyDecorators,
          useDefineForClassFields: !assignsFields,
          ...(jsx.importSource
            ? { jsx: "react-jsx", jsxImportSource: jsx.importSource }
            : { jsx: "react", jsxFactory: jsx.factory, jsxFragmentFactory: jsx.fragment }),
        },
      },
    });
    return { code, map };
  } catch (error) {
    const [first] = (error as Partial<Esbuild.TransformFailure>).errors ?? [];
    throw new SyntaxError(first?.text ?? String(error), { cause: error });
  }
}
