import { stripVTControlCharacters } from "node:util";
import type { CellFailure, RunEvent } from "../notebook/run-report.js";

/** Where progress goes: process.stderr, or what a test takes for it. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Shows a run: on a terminal a line that lives while its cell runs; elsewhere one line per finished cell. */
export interface Progress {
  onEvent(event: RunEvent): void;
  /** Prints a line above the live one. */
  note(text: string): void;
  end(): void;
}

/** How often the live line is drawn again, in ms: the seconds it shows change once a second. */
const REDRAW_MS = 500;

/** Columns when the terminal does not say. */
const DEFAULT_COLUMNS = 80;

const CLEAR_LINE = "\r\u001b[K";

export function createProgress(stream: ProgressStream, isColored = colorsWanted(stream)): Progress {
  let live = "";
  let liveSince = 0;
  const draw = (): void => {
    const seconds = Math.floor((performance.now() - liveSince) / 1000);
    stream.write(CLEAR_LINE + clip(seconds > 0 ? `${live} ${seconds} s` : live, stream.columns));
  };
  let timer: NodeJS.Timeout | undefined;
  const setLive = (text: string): void => {
    if (!stream.isTTY) return;
    live = text;
    liveSince = performance.now();
    timer ??= setInterval(draw, REDRAW_MS).unref();
    draw();
  };
  const clearLive = (): void => {
    if (timer !== undefined) stream.write(CLEAR_LINE);
    clearInterval(timer);
    timer = undefined;
  };
  const note = (text: string): void => {
    const isLive = timer !== undefined;
    if (isLive) stream.write(CLEAR_LINE);
    stream.write(text.endsWith("\n") ? text : `${text}\n`);
    if (isLive) draw();
  };
  return {
    onEvent: (event) => {
      if (event.type === "kernel-starting") return setLive("Starting the kernel");
      if (event.type === "cell-start") return setLive(`… ${position(event)} ${title(event.source)}`);
      clearLive();
      const { failure, durationMs } = event;
      const mark = failure === undefined ? "✓" : failure.isExpected ? "✓ (failed, as expected)" : "✗";
      const line = `${mark} ${position(event)} ${title(event.source)}`;
      stream.write(
        `${clip(line, stream.isTTY ? stream.columns : undefined, 10)}  ${formatSeconds(durationMs)}\n`,
      );
      if (failure !== undefined && !failure.isExpected)
        stream.write(`${formatFailure(failure, isColored)}\n`);
    },
    note,
    end: clearLive,
  };
}

/** The failure of a cell for a terminal: where, what, and the kernel's traceback. */
export function formatFailure(failure: CellFailure, isColored: boolean): string {
  const { number, index, outcome, message, traceback } = failure;
  const cell = `Cell ${number} (the notebook's ${ordinal(index + 1)} cell)`;
  const head = `${cell}${outcome === "error" ? " failed" : ""}: ${message}`;
  const text = [head, ...traceback].join("\n").trimEnd().replace(/^/gm, "    ");
  return isColored ? text : stripVTControlCharacters(text);
}

function position({ number, total }: { number: number; total: number }): string {
  return `[${String(number).padStart(String(total).length)}/${total}]`;
}

/** The first line of a cell that says something. */
function title(source: string): string {
  const lines = source.split("\n").map((line) => line.trim());
  return stripVTControlCharacters(lines.find((line) => line !== "") ?? "");
}

function clip(text: string, columns: number | undefined, reserve = 0): string {
  // A terminal may also say 0.
  const width = (columns || DEFAULT_COLUMNS) - 1 - reserve;
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join("")}…`;
}

function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

function ordinal(number: number): string {
  const ending = { one: "st", two: "nd", few: "rd" } as Readonly<Record<string, string>>;
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(number);
  return `${number}${ending[rule] ?? "th"}`;
}

/** @see https://no-color.org */
function colorsWanted(stream: ProgressStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}
