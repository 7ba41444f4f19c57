import { readCell } from "../../compile/typescript/read-cell.js";
import { findMagicLines, type MagicLine } from "../../magics/find-magic-lines.js";
import { helpSubject } from "../../magics/help.js";
import { cellMagicCode, lineMagicCode } from "./magic-code.js";

/** A cell whose magics are code or comments. */
export interface PlainCode {
  readonly text: string;
  /** Magics for which a script has nothing: they stand in comments. */
  readonly leftOut: readonly string[];
}

const CELL_MAGIC = /^(?:[ \t]*\r?\n)*[ \t]*%%(\w+)(.*)(?:\r?\n([\s\S]*))?$/;

/** Takes the magic of the whole cell out of it. Undefined for a cell that has none. */
export function withoutCellMagic(
  source: string,
  isDeclared: (name: string) => boolean,
): PlainCode | undefined {
  if (helpSubject(source) !== undefined) return { text: commented(source), leftOut: [source.trim()] };
  const [, name, rest = "", body = ""] = CELL_MAGIC.exec(source) ?? [];
  if (name === undefined) return undefined;
  const code = cellMagicCode(name, rest.trim(), body, isDeclared);
  if (code === undefined) return { text: commented(source), leftOut: [`%%${name}`] };
  return { text: name === "time" ? `// %%time\n${code}` : code, leftOut: [] };
}

/**
 * Takes the magics out of lines. A line is one only where the cell is no TypeScript with it, or where `isUnknown` says that it uses a
 * name that nothing has.
 */
export function withoutLineMagics(
  source: string,
  isUnknown: (line: number, text: string) => boolean,
): PlainCode {
  const lines = source.split("\n");
  const leftOut: string[] = [];
  const left = new Set(findMagicLines(source));
  const replace = (magic: MagicLine): void => {
    left.delete(magic);
    const written = lines[magic.line - 1]!;
    const code = magic.magic.name === "!" ? undefined : lineMagicCode(magic.magic.name, magic.args);
    if (code === undefined) leftOut.push(written.trim());
    const isLast = lines.slice(magic.line).every((line) => line.trim() === "");
    const ending = isLast || code?.endsWith(";") ? "" : ";";
    lines[magic.line - 1] = code === undefined ? commented(written) : `${code}${ending}`;
  };
  while (left.size > 0) {
    const text = lines.join("\n");
    const { errors } = readCell(text);
    const line = errors[0] && text.slice(0, errors[0].start).split("\n").length;
    // A parser may stumble one line below what is wrong.
    const wrong =
      line === undefined
        ? [...left].find((each) => isUnknown(each.line, text))
        : ([...left].find((each) => each.line === line) ?? [...left].findLast((each) => each.line < line));
    if (!wrong) break;
    replace(wrong);
  }
  return { text: lines.join("\n"), leftOut };
}

/** Each line as a comment. */
export function commented(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u2028\u2029]/g, " ")
    .split("\n")
    .map((line) => `// ${line}`.trimEnd())
    .join("\n");
}
