import { bold, dim, red } from "../ansi.js";

/** A place in a source text, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Characters to mark; 1 when not given. */
  readonly length?: number;
}

/** Lines shown before and after the one that is marked. */
const CONTEXT_LINES = 2;
/** Longest line shown whole; a longer one (minified code, data) is cut around the place. */
const MAX_COLUMNS = 160;

/**
 * The lines around a place, with numbers and a caret under it:
 *
 *       1 | const a = 1
 *     > 2 | a.foo()
 *         |   ^^^
 */
export function formatCodeFrame(source: string, { line, column, length = 1 }: Place): string {
  const lines = source.split(/\r?\n/);
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(lines.length, line + CONTEXT_LINES);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? "";
    const marked = number === line;
    const cut = marked ? Math.max(0, column - MAX_COLUMNS / 2) : 0;
    const visible = text.slice(cut, cut + MAX_COLUMNS);
    const gutter = `${marked ? ">" : " "} ${String(number).padStart(width)} | `;
    shown.push(`${marked ? bold(gutter) : dim(gutter)}${visible}`);
    if (!marked) continue;
    const indent = visible.slice(0, column - 1 - cut).replace(/[^\t]/g, " ");
    const carets = "^".repeat(Math.max(1, Math.min(length, visible.length - indent.length)));
    shown.push(`${dim(`  ${" ".repeat(width)} | `)}${indent}${red(carets)}`);
  }
  return shown.join("\n");
}
