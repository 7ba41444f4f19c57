import type { CellHandle, CellOutcome } from "../host.js";
import type { ExecuteCell } from "../io/thread-messages.js";
import type { Json } from "../io/wire.js";
import type { Output } from "./output.js";

/** The user stopped the cell. Named as Jupyter's clients know it from Python. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";

  constructor() {
    super("The cell was interrupted.");
  }
}

/**
 * Whether code ended because the user stopped it: while it awaited something, by SIGINT in its synchronous part, or by
 * SIGINT in a child process that `execSync` waited for and that died of it first.
 */
export function isInterrupt(thrown: unknown): boolean {
  if (thrown instanceof KeyboardInterrupt) return true;
  const { code, signal, status } = (thrown ?? {}) as { code?: unknown; signal?: unknown; status?: unknown };
  return code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || (signal === "SIGINT" && status === null);
}

/** A cell as the kernel sees it. */
export interface Cell extends CellHandle {
  readonly silent: boolean;
  readonly allowStdin: boolean;
  /** What the reply tells the front end to do. @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#payloads-deprecated */
  readonly payload: Json[];
  /** The promise's value, unless the user interrupts first: then a {@link KeyboardInterrupt} is thrown. */
  orInterrupted<T>(promise: Promise<T>): Promise<T>;
  /** Fires the signal and frees whoever waits in {@link Cell.orInterrupted}. */
  interrupt(): void;
  /** Runs the callbacks of `onEnd`; what they show goes out before the promise resolves. */
  finish(outcome: CellOutcome): Promise<void>;
}

/** @param onCallbackError is told what an `onEnd` callback throws; the others run all the same. */
export function createCell(
  { id, executionCount, silent, allowStdin }: ExecuteCell,
  output: Output,
  onCallbackError: (error: unknown) => void,
): Cell {
  const controller = new AbortController();
  const callbacks: ((outcome: CellOutcome) => void | Promise<void>)[] = [];
  let outcome: CellOutcome | undefined;
  let reject!: (error: KeyboardInterrupt) => void;
  const interrupted = new Promise<never>((_resolve, rejectPromise) => {
    reject = rejectPromise;
  });
  interrupted.catch(() => {});

  const runCallback = async (callback: (outcome: CellOutcome) => void | Promise<void>): Promise<void> => {
    try {
      await callback(outcome as CellOutcome);
    } catch (error) {
      onCallbackError(error);
    }
  };

  return {
    id,
    executionCount,
    silent,
    allowStdin,
    payload: [],
    get running() {
      return outcome === undefined;
    },
    signal: controller.signal,
    display(data, { metadata = {}, displayId, update = false } = {}) {
      const transient = displayId === undefined ? {} : { display_id: displayId };
      output.publish(id, update ? "update_display_data" : "display_data", { data, metadata, transient });
    },
    onEnd(callback) {
      if (outcome === undefined) callbacks.push(callback);
      else void runCallback(callback);
    },
    orInterrupted: (promise) => Promise.race([promise, interrupted]),
    interrupt() {
      reject(new KeyboardInterrupt());
      controller.abort(new KeyboardInterrupt());
    },
    async finish(ended) {
      outcome = ended;
      const all = Promise.all(callbacks.splice(0).map(runCallback)).then(() => {});
      await Promise.race([all, interrupted]).catch(() => {});
    },
  };
}

/** How stack traces name a cell: by its execution count. */
export function cellLabel({ executionCount }: Cell): string {
  return `cell[${executionCount}]`;
}
