import type { MagicLine } from "./find-magic-lines.js";
import { MagicError, type MagicSite } from "./magic.js";

/** What the TypeScript that stands for the magics of a cell calls, while the cell runs. */
export interface MagicCalls {
  /** Whether one of them was `%reset`. */
  readonly hasReset: boolean;
  /** The cell has ended. */
  forget(): void;
}

/** A line that has become TypeScript. */
export interface CalledLine extends MagicLine {
  /** Unique in this process. */
  readonly number: number;
}

type Run = () => unknown;

const MAGIC = Symbol.for("claude-notebook.magic");
const calls = new Map<number, (run?: Run) => unknown>();

/** The TypeScript that runs a magic by its number; no name that a cell can declare stands in its way. */
export function callMagic(number: number, code?: string): string {
  const run = code === undefined ? "" : `, async () => (${code})`;
  return `await (globalThis as any)[Symbol.for("${MAGIC.description}")](${number}${run})`;
}

export function createMagicCalls(lines: readonly CalledLine[], site: MagicSite): MagicCalls {
  let hasReset = false;
  for (const { number, magic, args } of lines) {
    calls.set(number, (run) => {
      hasReset ||= magic.name === "reset";
      return magic.runLine?.({ ...site, args, run });
    });
  }
  return {
    get hasReset() {
      return hasReset;
    },
    forget() {
      for (const { number } of lines) calls.delete(number);
    },
  };
}

Object.defineProperty(globalThis, MAGIC, {
  value: async (number: number, run?: Run): Promise<unknown> => {
    const call = calls.get(number);
    if (!call) throw new MagicError("The cell of this magic has ended.");
    return call(run);
  },
});
