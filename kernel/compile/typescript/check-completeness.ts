import type { Completeness } from "../engine.js";
import { readCell } from "./read-cell.js";

/** A comment that was begun and not ended, wherever the parser reports it. */
const UNTERMINATED_COMMENT = /^Unterminated multi-?line comment/i;
/** Of strings, and of templates, for which it has no words of their own. */
const UNTERMINATED_STRING = /^Unterminated string/i;
const INDENT = "  ";

/** Whether a console should run this code, wait for more lines, or show it as wrong. */
export function checkCompleteness(code: string): Completeness {
  const { errors, isTooDeep } = readCell(code);
  const [fault] = errors;
  if (!fault) return { status: "complete" };
  if (isTooDeep) return { status: "invalid" };
  const end = code.trimEnd().length;
  const isOpenString =
    UNTERMINATED_STRING.test(fault.message) && (code[fault.start] === "`" || code.endsWith("\\"));
  if (UNTERMINATED_COMMENT.test(fault.message) || isOpenString) return { status: "incomplete", indent: "" };
  const isAtEnd = fault.start >= end || fault.end > end;
  return isAtEnd && !UNTERMINATED_STRING.test(fault.message)
    ? { status: "incomplete", indent: nextIndent(code) }
    : { status: "invalid" };
}

/** The indentation of the last line, one step further in after an opening bracket. */
function nextIndent(code: string): string {
  const lastLine = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(lastLine)?.[0] ?? "";
  return /(?:[{([]|=>)$/.test(lastLine) ? indent + INDENT : indent;
}
