import { AsyncLocalStorage } from "node:async_hooks";
import type { Cell } from "./cell.js";
import type { StoppedCells } from "./stopped-cells.js";

/** Knows which cell code belongs to. */
export interface CellTracker {
  /** The cell that the calling code belongs to; where that is not known, the running cell or the one that ran last. */
  current(): Cell | undefined;
  /** The cell whose reply has not been sent. */
  readonly running: Cell | undefined;
  /** Runs the start of a cell; what it starts belongs to the cell too, for as long as it goes on. */
  run<T>(cell: Cell, start: () => T): T;
  /** The cell is done. */
  end(cell: Cell): void;
}

/**
 * From Node 24 on, code is followed through its awaits and timers, so that late output finds its cell. Before, Node does
 * this with async hooks, whose stack does not survive an interrupt: there late output goes to the running or last cell.
 */
const FOLLOWS_ASYNC_CODE = Number.parseInt(process.versions.node, 10) >= 24;

export function createCellTracker(stopped: StoppedCells): CellTracker {
  const storage = FOLLOWS_ASYNC_CODE ? new AsyncLocalStorage<Cell>() : undefined;
  let running: Cell | undefined;
  let last: Cell | undefined;
  return {
    current: () => storage?.getStore() ?? stopped.current() ?? running ?? last,
    get running() {
      return running;
    },
    run(cell, start) {
      running = last = cell;
      return storage ? storage.run(cell, start) : start();
    },
    end(cell) {
      if (running === cell) running = undefined;
    },
  };
}
