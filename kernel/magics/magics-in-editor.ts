import type { Completeness, Completions } from "../compile/engine.js";
import { findMagicLines } from "./find-magic-lines.js";
import { helpSubject } from "./help.js";
import { magicTable } from "./magic-table.js";

/** Whether a console should run code that is a magic; undefined for other code. */
export function magicCompleteness(code: string): Completeness | undefined {
  if (helpSubject(code) !== undefined) return { status: "complete" };
  const lines = code.split("\n");
  const first = lines[0] ?? "";
  // The body can go on for ever: as in IPython, an empty line ends it.
  if (/^\s*%%\w/.test(first)) {
    return lines.length > 1 && lines.at(-1)?.trim() === ""
      ? { status: "complete" }
      : { status: "incomplete", indent: "" };
  }
  return lines.length === 1 && findMagicLines(first).length > 0 ? { status: "complete" } : undefined;
}

/** The magics whose name stands begun before the cursor; undefined anywhere else. */
export function completeMagic(code: string, offset: number): Completions | undefined {
  const line = code.slice(code.lastIndexOf("\n", offset - 1) + 1, offset);
  const [, percent = "", begun = ""] = /^\s*(%%?)(\w*)$/.exec(line) ?? [];
  if (percent === "") return undefined;
  const ofCell = percent === "%%";
  const items = magicTable
    .filter((magic) => magic.name.startsWith(begun) && (ofCell ? magic.runCell : magic.runLine))
    .map(({ name }) => ({ name: percent + name, kind: "keyword" }));
  return items.length === 0
    ? undefined
    : { start: offset - begun.length - percent.length, end: offset, items };
}
