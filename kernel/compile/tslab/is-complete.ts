import type { DiagnosticWithLocation, SourceFile } from "@tslab/typescript-for-tslab";
import type { Completeness } from "../engine.js";
import type { ConverterModule, Ts } from "./load-converter.js";

/** Errors for something that was begun and not ended, wherever TypeScript reports them: the end of a comment and a template's backtick. */
const UNTERMINATED = new Set([1010, 1160]);
/** "Unterminated string literal": a line can be continued only after a backslash. */
const UNTERMINATED_STRING = 1002;

/** Whether a console should run this code, wait for more lines, or show it as wrong. */
export function checkCompleteness(ts: Ts, converter: ConverterModule, code: string): Completeness {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  const errors = (file as SourceFile & { parseDiagnostics: readonly DiagnosticWithLocation[] })
    .parseDiagnostics;
  const [first] = errors;
  if (!first) return { status: "complete" };

  const end = code.trimEnd().length;
  const tslab = converter.isCompleteCode(code);
  if (!tslab.completed && first.start >= end) return { status: "incomplete", indent: tslab.indent ?? "" };
  if (first.start < end && !UNTERMINATED.has(first.code)) return { status: "invalid" };
  const isOpen = errors.some(
    (each) =>
      each.start >= end ||
      UNTERMINATED.has(each.code) ||
      (each.code === UNTERMINATED_STRING && code.endsWith("\\")),
  );
  return isOpen ? { status: "incomplete", indent: "" } : { status: "invalid" };
}
