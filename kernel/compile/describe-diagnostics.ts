import { bold, dim, red } from "../ansi.js";
import { formatCodeFrame } from "./code-frame.js";
import type { Diagnostic, RelatedPlace } from "./engine.js";
import { formatHint, hintsForDiagnostics } from "./hints.js";

/** Diagnostics shown in full; a cell with a missing brace can have dozens that follow from it. */
const MAX_SHOWN = 10;
/** Other places shown with each. */
const MAX_RELATED = 3;

interface CellSource {
  readonly label: string;
  readonly code: string;
}

/** The content of an `error` message for a cell that does not compile. */
export function describeDiagnostics(
  diagnostics: readonly Diagnostic[],
  cell: CellSource,
): { ename: string; evalue: string; traceback: string[] } {
  const shown = diagnostics.slice(0, MAX_SHOWN).map((diagnostic) => {
    const { file, line, column, length, related = [] } = diagnostic;
    const lines = [headOf(diagnostic, cell.label, bold(red("error")))];
    if (file === undefined) lines.push("", formatCodeFrame(cell.code, { line, column, length }), "");
    for (const each of related.slice(0, MAX_RELATED)) lines.push(describeRelated(each, cell));
    return lines.join("\n");
  });
  const rest = diagnostics.length - shown.length;
  return {
    ename: "CompileError",
    evalue: diagnostics.map((each) => each.message).join("\n"),
    traceback: [
      ...shown,
      ...(rest > 0 ? [`… and ${rest} more`] : []),
      ...hintsForDiagnostics(diagnostics).map(formatHint),
    ],
  };
}

/** What does not keep a cell from running, a line each, with advice. */
export function describeWarnings(warnings: readonly Diagnostic[], cell: CellSource): string[] {
  if (warnings.length === 0) return [];
  const lines = warnings.slice(0, MAX_SHOWN).map((each) => headOf(each, cell.label, "warning"));
  return [...lines, ...hintsForDiagnostics(warnings).map(formatHint)];
}

function headOf({ file, line, column, code, message }: Diagnostic, label: string, severity: string): string {
  const number = code === 0 ? "" : ` TS${code}`;
  return `${file ?? label}:${line}:${column} - ${severity}${number}: ${message}`;
}

function describeRelated({ file, line, column, message }: RelatedPlace, cell: CellSource): string {
  const place = [file ?? cell.label, line, column].filter((each) => each !== undefined).join(":");
  return dim(`  ${place}: ${message}`);
}
