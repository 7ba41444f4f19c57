import { basename, relative } from "node:path";
import type { Diagnostic, RelatedPlace } from "../engine.js";
import type { CellFile } from "./cell-file.js";
import type { RawDiagnostic } from "./checker.js";
import type { ParsedCell } from "./read-cell.js";
import type { SyntaxFault } from "./syntax-fault.js";

/** The compiler's numbers below this are errors of syntax. */
const FIRST_TYPE_ERROR = 2000;
/** What the parser refuses and the compiler has no number for. */
const PARSER_ERROR = 1000;

/** The diagnostics of a cell's file that concern what the user wrote, in terms of it. */
export function reportCell(
  cell: ParsedCell,
  file: CellFile,
  found: readonly RawDiagnostic[],
  folder: string,
): Diagnostic[] {
  const { text } = cell;
  const inCell = found.filter(
    ({ start, isSyntax }) =>
      start >= file.start &&
      !file.probes.some((probe) => start >= probe.start && start < probe.end) &&
      (start <= file.end + 1 || isSyntax),
  );
  const diagnostics = inCell.map((raw) => ({
    file: undefined,
    ...placeOf(text, Math.min(raw.start, file.end) - file.start, Math.min(raw.end, file.end) - file.start),
    code: raw.code,
    message: cleanMessage(raw.message),
    related: raw.related.map((each) => relate(each, file, text, folder)),
  }));
  const [fault] = cell.errors;
  if (!fault) return diagnostics;
  // What cannot be parsed makes everything else wrong too.
  const ofSyntax = diagnostics.filter((each) => each.code < FIRST_TYPE_ERROR);
  if (ofSyntax.length > 0) return ofSyntax;
  return [reportFault(text, fault)];
}

/** What the parser refuses in a cell. */
export function reportFault(text: string, { message, start, end }: SyntaxFault): Diagnostic {
  return { file: undefined, ...placeOf(text, start, end), code: PARSER_ERROR, message };
}

/** A diagnostic of a whole file, such as a local module. */
export function reportFile(raw: RawDiagnostic, source: string, text: string): Diagnostic {
  return {
    file: source,
    ...placeOf(text, raw.start, raw.end),
    code: raw.code,
    message: cleanMessage(raw.message),
  };
}

function relate(raw: RawDiagnostic, file: CellFile, text: string, folder: string): RelatedPlace {
  const message = cleanMessage(raw.message);
  if (raw.file === undefined) {
    if (raw.start < file.start || raw.start > file.end) return { file: "an earlier cell", message };
    const { line, column } = placeOf(text, raw.start - file.start, raw.end - file.start);
    return { file: undefined, line, column, message };
  }
  if (/[\\/]\.cell-\d+\.tsx?$/.test(raw.file)) return { file: "an earlier cell", message };
  const path = relative(folder, raw.file);
  return { file: path.startsWith("..") ? basename(raw.file) : path, message };
}

function placeOf(text: string, start: number, end: number): { line: number; column: number; length: number } {
  const at = Math.max(0, Math.min(start, text.length));
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf("\n") + 1;
  const lineEnd = text.indexOf("\n", at);
  const last = Math.min(end, lineEnd < 0 ? text.length : lineEnd);
  return {
    line: before.split("\n").length,
    column: at - lineStart + 1,
    length: Math.max(1, last - at),
  };
}

/** Takes the names that the engine has made up out of a message. */
export function cleanMessage(message: string): string {
  return message
    .replace(/import\("[^"]*[\\/]\.(?:cell-\d+|scratch|imports)"\)\./g, "")
    .replace(/(?:global(?:This)?\.)?\b__cell\d+\./g, "")
    .replace(/because it is an import\./, "because it is not a variable.");
}
