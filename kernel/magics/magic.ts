import type { Cell } from "../run/cell.js";
import type { CellRuntime, Evaluate, Evaluated } from "../run/cell-runtime.js";

/** Where a magic runs. */
export interface MagicSite {
  readonly runtime: CellRuntime;
  readonly cell: Cell;
  /** Runs TypeScript in the name of the cell. */
  readonly evaluate: Evaluate;
}

/** A use of a line magic. */
export interface LineUse extends MagicSite {
  /** What follows the name on its line, without spaces around it. */
  readonly args: string;
  /** The TypeScript that the magic is about, for those that run some. */
  readonly run: (() => unknown) | undefined;
}

/** A use of a cell magic. */
export interface CellUse extends MagicSite {
  readonly args: string;
  /** The lines below. */
  readonly body: string;
  /** The body at its own line numbers: above it stand empty lines. */
  readonly code: string;
}

/** One magic: a row of the table in `magic-table.ts`. */
export interface Magic {
  readonly name: string;
  /** One line for `%magics`. */
  readonly summary: string;
  /** How it is written: `%env [NAME[=VALUE]]`. */
  readonly usage: string;
  /** Runs `%name args`; what it returns is the value of the line. Absent when the name needs a whole cell. */
  runLine?(use: LineUse): unknown;
  /** The TypeScript that stands for `%name args`. @defaultValue one that calls {@link Magic.runLine} */
  toTypeScript?(args: string, call: (code?: string) => string): string;
  /** Runs `%%name args` with the lines below it. */
  runCell?(use: CellUse): Promise<Evaluated | undefined>;
}

/** A magic that cannot do what it was asked. */
export class MagicError extends Error {
  override readonly name = "MagicError";
}
