import type { SyntaxFault } from "./syntax-fault.js";

/**
 * Brackets within brackets that are allowed. The parser calls itself for each of them, and a full stack ends the whole
 * process: the compile thread's has room for thirty times as many, but what comes after the parser has less.
 */
const MAX_LEVELS = 1000;
/** What stands before a regular expression, and not before a division. */
const BEFORE_PATTERN = /[=(,:[!&|?{};>]\s*$|^\s*$|\b(?:return|typeof|case)\s*$/;
/** How far back to look for that. */
const LOOK_BACK = 20;

/**
 * Where brackets nest deeper than the parser can follow. Reads the text once, and roughly: a quote in the text of JSX
 * counts as the start of a string, which ends with the line.
 */
export function findDeepNesting(text: string): SyntaxFault | undefined {
  if (text.length <= MAX_LEVELS) return undefined;
  /** The open brackets; `$` stands for that of an expression in a template. */
  const open: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if ("([{".includes(character)) open.push(character);
    else if (")]".includes(character)) open.pop();
    else if (character === "`" || (character === "}" && open.pop() === "$")) {
      at = endOfQuoted(text, at, "`");
      if (text[at] === "{") open.push("$");
    } else if (character === '"' || character === "'") at = endOfQuoted(text, at, character);
    else if (character === "/") at = endOfSlash(text, at);
    if (open.length > MAX_LEVELS) {
      const message = `This is nested more than ${MAX_LEVELS} levels deep. Give parts of it names, or read data from a file.`;
      return { message, start: at, end: at + 1 };
    }
  }
  return undefined;
}

/** The offset of what ends a string, or of the `{` of an expression in a template. */
function endOfQuoted(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === quote || (character === "\n" && quote !== "`")) return at;
    else if (quote === "`" && character === "$" && text[at + 1] === "{") return at + 1;
  }
  return text.length;
}

/** The offset of what ends a comment or a regular expression; that of the slash itself, if it is neither. */
function endOfSlash(text: string, start: number): number {
  const next = text[start + 1];
  if (next === "/" || next === "*") {
    const end = next === "/" ? text.indexOf("\n", start) : text.indexOf("*/", start + 2) + 1;
    return end <= 0 ? text.length : end;
  }
  if (!BEFORE_PATTERN.test(text.slice(Math.max(0, start - LOOK_BACK), start))) return start;
  let isClass = false;
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "[") isClass = true;
    else if (character === "]") isClass = false;
    else if (character === "/" && !isClass) return at;
  }
  return start;
}
