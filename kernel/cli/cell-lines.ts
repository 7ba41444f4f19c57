import { stripVTControlCharacters } from "node:util";
import type { CellFailure, RunEvent } from "../notebook/run-report.js";
import { onlyColours } from "../only-colours.js";
import { clip, type ProgressStream } from "./live-line.js";

type CellEnd = Extract<RunEvent, { type: "cell-end" }>;

/** Columns that are kept for the time behind a cell's first line. */
const TIME_COLUMNS = 10;

/**
 * What is printed of a cell that has ended: one line, and why it failed if it did.
 * @param label stands before its place, to tell notebooks that run side by side apart.
 */
export function formatCellEnd(
  event: CellEnd,
  stream: ProgressStream,
  isColored: boolean,
  label?: string,
): string {
  const { failure, durationMs } = event;
  const mark = failure === undefined ? "✓" : failure.isExpected ? "✓ (failed, as expected)" : "✗";
  const line = [mark, label, formatPosition(event), cellTitle(event.source)]
    .filter((part) => part !== undefined)
    .join(" ");
  const clipped = clip(line, stream.isTTY ? stream.columns : undefined, TIME_COLUMNS);
  const text = `${clipped}  ${formatSeconds(durationMs)}`;
  return failure === undefined || failure.isExpected ? text : `${text}\n${formatFailure(failure, isColored)}`;
}

/** The failure of a cell for a terminal: where, what, and the kernel's traceback. */
export function formatFailure(failure: CellFailure, isColored: boolean): string {
  const text = [describeFailure(failure), ...failure.traceback].join("\n").trimEnd().replace(/^/gm, "    ");
  return isColored ? onlyColours(text) : stripVTControlCharacters(text);
}

/** Where and what, in one line. */
export function describeFailure({ number, index, outcome, message }: CellFailure): string {
  const cell = `Cell ${number} (the notebook's ${ordinal(index + 1)} cell)`;
  return `${cell}${outcome === "error" ? " failed" : ""}: ${message}`;
}

export function formatPosition({ number, total }: { number: number; total: number }): string {
  return `[${String(number).padStart(String(total).length)}/${total}]`;
}

/** The first line of a cell that says something. */
export function cellTitle(source: string): string {
  const lines = source.split("\n").map((line) => line.trim());
  return stripVTControlCharacters(lines.find((line) => line !== "") ?? "");
}

export function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** @see https://no-color.org */
export function colorsWanted(stream: ProgressStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}

function ordinal(number: number): string {
  const ending = { one: "st", two: "nd", few: "rd" } as Readonly<Record<string, string>>;
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(number);
  return `${number}${ending[rule] ?? "th"}`;
}
