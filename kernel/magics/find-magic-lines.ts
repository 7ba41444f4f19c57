import { Script } from "node:vm";
import type { Magic } from "./magic.js";
import { findMagic } from "./magic-table.js";
import { shellMagic } from "./shell.js";

/** A line of a cell that can be read as a magic. */
export interface MagicLine {
  /** From 1. */
  readonly line: number;
  readonly magic: Magic;
  readonly args: string;
}

/** Of a line without blanks around it; patterns that name these would look at a run of blanks once for each of it. */
const LINE_MAGIC = /^%([A-Za-z]\w*)(?:\s(.*))?$/;
const SHELL_LINE = /^!(?![!=])\s*(\S.*)$/;
/** What commands of one line seldom have and expressions that begin with `!` mostly do. */
const LOOKS_LIKE_CODE = /[()=;?]|&&|\|\|/;

/**
 * The lines that can be read as magics: `%name …` of a known name, and `!command`. Whether they are to be read so is for
 * the compiler to say (compile-with-magics.ts): `%` and `!` stand at the start of lines of TypeScript too.
 */
export function findMagicLines(code: string): MagicLine[] {
  return code.split(/\r?\n/).flatMap((text, index) => {
    const found = readMagicLine(text);
    return found ? [{ line: index + 1, ...found }] : [];
  });
}

function readMagicLine(text: string): Omit<MagicLine, "line"> | undefined {
  const line = text.trim();
  const [, name, args = ""] = LINE_MAGIC.exec(line.replace(/;$/, "").trimEnd()) ?? [];
  const magic = name === undefined ? undefined : findMagic(name);
  if (magic?.runLine) return { magic, args: args.trimStart() };
  const command = SHELL_LINE.exec(line)?.[1];
  return command !== undefined && !isExpression(text) ? { magic: shellMagic, args: command } : undefined;
}

/** Whether a line that begins with `!` is code with a mistake in it rather than a command: `!isDone && go()`. */
function isExpression(line: string): boolean {
  if (!LOOKS_LIKE_CODE.test(line)) return false;
  try {
    new Script(`async () => {${line}\n}`);
    return true;
  } catch {
    return false;
  }
}
