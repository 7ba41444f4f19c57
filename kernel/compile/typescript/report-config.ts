import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Diagnostic } from "../engine.js";
import type { RawDiagnostic } from "./checker.js";
import type { CompilerOptions } from "./compiler-options.js";
import { reportFile } from "./report-diagnostics.js";

/** What a user may count on and cells do not have: option → what to say. */
const missing: Readonly<Record<string, string>> = {
  emitDecoratorMetadata:
    "Cells and the files they import have no decorator metadata: `emitDecoratorMetadata` changes nothing here.",
};

/** What is wrong in a tsconfig.json, and what of it cells cannot follow; told as warnings, for cells run all the same. */
export function reportConfig(
  config: string,
  errors: readonly RawDiagnostic[],
  user: CompilerOptions,
  folder: string,
): Diagnostic[] {
  const text = readText(config);
  const ignored = Object.entries(missing)
    .filter(([option]) => user[option] === true)
    .map(([option, message]): RawDiagnostic => {
      const start = Math.max(0, text.indexOf(`"${option}"`));
      return { file: config, start, end: start + 1, code: 0, message, isSyntax: false, related: [] };
    });
  return [...errors, ...ignored].map((each) => {
    const file = each.file || config;
    return reportFile(each, relative(folder, file), file === config ? text : readText(file));
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It is what the error is about.
    return "";
  }
}
