import { bold, red } from "../ansi.js";
import { formatCodeFrame } from "./code-frame.js";
import type { Diagnostic } from "./engine.js";
import { formatHint, hintsForDiagnostics } from "./hints.js";

/** Diagnostics shown in full; a cell with a missing brace can have dozens that follow from it. */
const MAX_SHOWN = 10;

/** The content of an `error` message for a cell that does not compile. */
export function describeDiagnostics(
  diagnostics: readonly Diagnostic[],
  cell: { readonly label: string; readonly code: string },
): { ename: string; evalue: string; traceback: string[] } {
  const shown = diagnostics.slice(0, MAX_SHOWN).map(({ file, line, column, length, code, message }) => {
    const place = `${file ?? cell.label}:${line}:${column}`;
    const head = `${place} - ${bold(red("error"))} TS${code}: ${message}`;
    return file === undefined ? `${head}\n\n${formatCodeFrame(cell.code, { line, column, length })}\n` : head;
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
