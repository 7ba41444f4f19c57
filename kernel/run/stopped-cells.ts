import { type Cell, KeyboardInterrupt } from "./cell.js";
import { CELL_BODY } from "./evaluate-script.js";

/**
 * Code that goes on although its cell was interrupted. JavaScript cannot be stopped in the middle of an `await`: when the
 * promise settles, the rest runs. It is known by the stack, on every version of Node.
 */
export interface StoppedCells {
  /** The script's code may still run: until its promise settles. */
  add(filename: string, cell: Cell, promise: Promise<unknown>): void;
  /** The interrupted cell that the calling code belongs to. */
  current(): Cell | undefined;
  /**
   * Ends the body of an interrupted cell where it next shows something. What the cell has started (timers, servers) goes on.
   *
   * @throws KeyboardInterrupt
   */
  check(): void;
}

export function createStoppedCells(): StoppedCells {
  const stopped = new Map<string, Cell>();

  const find = (): { readonly cell: Cell; readonly isBody: boolean } | undefined => {
    if (stopped.size === 0) return undefined;
    const frames = stackFrames();
    for (const frame of frames.reverse()) {
      for (const [filename, cell] of stopped) {
        if (frame.includes(`${filename}:`)) return { cell, isBody: frame.includes(` ${CELL_BODY} `) };
      }
      // Called by another cell, which is then the one to show it.
      if (/\bcell-\d+\.ts:/.test(frame)) return undefined;
    }
    return undefined;
  };

  return {
    add(filename, cell, promise) {
      stopped.set(filename, cell);
      const forget = (): void => void stopped.delete(filename);
      promise.then(forget, forget);
    },
    current: () => find()?.cell,
    check() {
      const found = find();
      // Until its reply it may clean up and say so.
      if (found?.isBody && !found.cell.running) throw new KeyboardInterrupt();
    },
  };
}

function stackFrames(): string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  try {
    return (new Error().stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
