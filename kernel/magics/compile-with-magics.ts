import type { CompileResult, Diagnostic } from "../compile/engine.js";
import { findMagicLines } from "./find-magic-lines.js";
import { MagicError } from "./magic.js";
import { type CalledLine, callMagic } from "./magic-calls.js";
import { magicTable, nearestMagic } from "./magic-table.js";

export interface CompiledWithMagics {
  readonly compiled: CompileResult;
  /** What was compiled: the code with TypeScript in the place of its magics, line by line. */
  readonly text: string;
  /** The magics that the text calls. */
  readonly lines: readonly CalledLine[];
  /** By line: how many columns further right the user's code stands in the text. */
  readonly shifts: ReadonlyMap<number, number>;
}

let numbers = 0;
const UNKNOWN_MAGIC = /^\s*%([A-Za-z]\w*)/;

/**
 * Compiles a cell in which lines can be magics. Valid TypeScript is never taken for a magic: a line becomes one only when
 * the compiler rejects the cell and complains about that very line.
 *
 * @throws MagicError when the cell begins with a magic that does not exist.
 */
export async function compileWithMagics(
  code: string,
  compile: (text: string) => Promise<CompileResult>,
): Promise<CompiledWithMagics> {
  const candidates = findMagicLines(code);
  const lines: CalledLine[] = [];
  const texts = code.split("\n");
  const shifts = new Map<number, number>();
  for (;;) {
    const text = texts.join("\n");
    const compiled = await compile(text);
    if (compiled.ok) return { compiled, text, lines, shifts };
    const wrong = new Set(compiled.diagnostics.map(({ file, line }) => (file === undefined ? line : 0)));
    const found = candidates.filter((each) => wrong.has(each.line) && !shifts.has(each.line));
    if (found.length === 0) {
      checkFirstLine(code);
      const diagnostics = compiled.diagnostics.map((each) => moveBack(each, shifts));
      return { compiled: { ok: false, diagnostics }, text, lines, shifts };
    }
    for (const each of found) {
      const written = texts[each.line - 1] ?? "";
      const line = { ...each, number: ++numbers };
      lines.push(line);
      const isLast = texts.slice(each.line).every((text) => text.trim() === "");
      const call = toTypeScript(line, isLast);
      texts[each.line - 1] = call;
      shifts.set(each.line, Math.max(0, call.indexOf(each.args) - written.indexOf(each.args)));
    }
  }
}

/**
 * Begins with a semicolon, so that the line before it ends there. In the last line none stands at the end: the value of
 * an expression with one is not shown.
 */
function toTypeScript({ magic, args, number }: CalledLine, isLast: boolean): string {
  const call = (code?: string): string => callMagic(number, code);
  const text = magic.toTypeScript?.(args, call) ?? `${call()};`;
  return `;${isLast ? text.replace(/;$/, "") : text}`;
}

/** Where the user wrote what the compiler complains about. */
function moveBack(diagnostic: Diagnostic, shifts: ReadonlyMap<number, number>): Diagnostic {
  const shift = diagnostic.file === undefined ? (shifts.get(diagnostic.line) ?? 0) : 0;
  return { ...diagnostic, column: Math.max(1, diagnostic.column - shift) };
}

/** TypeScript cannot begin with `%`: where a cell does, a magic was meant. */
function checkFirstLine(code: string): void {
  const name = UNKNOWN_MAGIC.exec(code)?.[1];
  if (name === undefined) return;
  const known = magicTable.find((magic) => magic.name === name);
  if (known?.runLine) return;
  if (known) throw new MagicError(`%${name} needs a cell of its own: ${known.usage}`);
  const near = nearestMagic(name);
  throw new MagicError(
    `There is no magic %${name}.${near ? ` Did you mean %${near}?` : ""} \`%magics\` lists all.`,
  );
}
