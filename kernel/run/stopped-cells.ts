import { type SharedState, slot } from "../io/shared-state.js";
import { callSites, MAX_FRAMES } from "./call-sites.js";
import { type Cell, KeyboardInterrupt } from "./cell.js";
import { CELL_BODY } from "./evaluate-script.js";

/**
 * Code that goes on although its cell was interrupted. JavaScript cannot be stopped in the middle of an `await`: when the
 * promise settles, the rest runs. It is known by the stack, on every version of Node.
 */
export interface StoppedCells {
  /** The script's code may still run: until its promise settles, or nothing is left that could settle it. */
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

export function createStoppedCells(shared: SharedState): StoppedCells {
  const stopped = new Map<string, Cell>();
  // `await new Promise(() => {})`: nothing holds on to a promise that cannot settle.
  const collected = new FinalizationRegistry<string>((filename) => void stopped.delete(filename));

  const find = (): { readonly cell: Cell; readonly isBody: boolean } | undefined => {
    // What runs now has been called by the cell that runs, which is then the one to show it.
    if (stopped.size === 0 || Atomics.load(shared, slot.inSynchronousPart) === 1) return undefined;
    const frames = callSites();
    if (frames.length === MAX_FRAMES) return undefined;
    for (let at = frames.length - 1; at >= 0; at--) {
      const frame = frames[at] as NodeJS.CallSite;
      const filename = frame.getFileName() ?? "";
      const cell = stopped.get(filename);
      if (cell) return { cell, isBody: frame.getFunctionName() === CELL_BODY };
      if (filename.startsWith("cell-")) return undefined;
    }
    return undefined;
  };

  return {
    add(filename, cell, promise) {
      stopped.set(filename, cell);
      collected.register(promise, filename);
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
