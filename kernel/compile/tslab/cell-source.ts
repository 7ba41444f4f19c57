import type { CodeMetadata } from "tslab/dist/metadata.js";
import type { Ts } from "./load-converter.js";

/**
 * A cell's code as the converter takes it, each character at its place: `export` before a declaration of the cell goes,
 * since what a cell declares can be used by others anyhow, and tslab exports it itself.
 */
export function blankExports(ts: Ts, code: string): string {
  if (!/\bexport\b/.test(code)) return code;
  const file = ts.createSourceFile("cell.tsx", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  let blanked = code;
  for (const statement of file.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const isDefault = modifiers.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword);
    // A default export without a name would be no declaration without these words.
    if (isDefault && !(statement as { name?: unknown }).name) continue;
    for (const modifier of modifiers) {
      const { kind, end } = modifier;
      if (kind !== ts.SyntaxKind.ExportKeyword && kind !== ts.SyntaxKind.DefaultKeyword) continue;
      const start = modifier.getStart(file);
      blanked = blanked.slice(0, start) + " ".repeat(end - start) + blanked.slice(end);
    }
  }
  return blanked;
}

/** What the comments above a cell's code ask of tslab: `@module NAME`, `@jsx`, `@node`, `@browser`. */
export function readMetadata(parse: (code: string) => CodeMetadata, code: string): CodeMetadata {
  return /^\s*\/[*/]/.test(code) && code.includes("@") ? parse(code) : {};
}
