import { onAbort } from "../process/on-abort.js";

export interface LimiterOptions {
  /** How many may run at once. */
  readonly maxRunning: number;
  /** How many may wait. @defaultValue no limit */
  readonly maxQueued?: number | undefined;
}

/** What runs has no room for more, and the queue is full. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

/** Lets a bounded number of things run at once; the others wait in the order in which they came. */
export interface Limiter {
  readonly running: number;
  readonly queued: number;
  /**
   * Waits for a place. What it returns gives the place back; calling it again does nothing.
   *
   * @throws QueueFullError when as many wait as may; the signal's reason when it fires while this waits.
   */
  enter(signal?: AbortSignal): Promise<() => void>;
}

export function createLimiter({ maxRunning, maxQueued = Number.POSITIVE_INFINITY }: LimiterOptions): Limiter {
  let running = 0;
  const waiting: (() => void)[] = [];

  const leave = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      running--;
      waiting.shift()?.();
    };
  };
  const start = (): (() => void) => {
    running++;
    return leave();
  };

  return {
    get running() {
      return running;
    },
    get queued() {
      return waiting.length;
    },
    async enter(signal) {
      signal?.throwIfAborted();
      if (running < maxRunning) return start();
      if (waiting.length >= maxQueued) throw new QueueFullError(`${waiting.length} wait already.`);
      return new Promise((resolve, reject) => {
        let ignore = (): void => {};
        // Takes the place in the same step in which it became free, so that nobody slips in between.
        const turn = (): void => {
          ignore();
          resolve(start());
        };
        waiting.push(turn);
        if (!signal) return;
        ignore = onAbort(signal, (reason) => {
          waiting.splice(waiting.indexOf(turn), 1);
          reject(reason);
        });
      });
    },
  };
}
