import type { SourceFile, Statement } from "@tslab/typescript-for-tslab";
import type { CodeMetadata } from "tslab/dist/metadata.js";
import type { Ts } from "./load-converter.js";

/**
 * A cell's code as the converter takes it, each character at its place: what makes an export of a declaration, a name or
 * a value goes, since later cells see what a cell declares anyhow, and tslab exports it itself.
 */
export function blankExports(ts: Ts, code: string): string {
  if (!/\bexport\b/.test(code)) return code;
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  let blanked = code;
  for (const statement of file.statements) {
    for (const [start, end] of exportRanges(ts, statement, file)) {
      blanked = blanked.slice(0, start) + code.slice(start, end).replace(/\S/g, " ") + blanked.slice(end);
    }
  }
  return blanked;
}

function exportRanges(ts: Ts, statement: Statement, file: SourceFile): [start: number, end: number][] {
  const start = statement.getStart(file);
  // `export { a }` of names that are there; `export … from` stays, for the compiler to judge.
  if (ts.isExportDeclaration(statement)) return statement.moduleSpecifier ? [] : [[start, statement.end]];
  if (ts.isExportAssignment(statement)) {
    return statement.isExportEquals ? [] : [[start, statement.expression.getStart(file)]];
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const isDefault = modifiers.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword);
  // Without these words, a default export without a name would be no declaration.
  if (isDefault && !(statement as { name?: unknown }).name) return [];
  return modifiers
    .filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword)
    .map((each) => [each.getStart(file), each.end]);
}

/** What the comments above a cell's code ask of tslab: `@module NAME`, `@jsx`, `@node`, `@browser`. */
export function readMetadata(parse: (code: string) => CodeMetadata, code: string): CodeMetadata {
  return /^\s*\/[*/]/.test(code) && code.includes("@") ? parse(code) : {};
}
