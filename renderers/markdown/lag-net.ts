/** When an open region is large, how long its update may wait. */
export interface LagLimits {
  /** How much an update may have to draw again without waiting, in characters. */
  readonly from: number;
  /** A waiting update comes when the region grew by this share … */
  readonly growth: number;
  /** … or after this time, in milliseconds … */
  readonly afterMs: number;
  /** … but not before this many times as long has passed as the last one took, or updates would take all the time. */
  readonly rest: number;
  /** The time in milliseconds. */
  readonly now: () => number;
}

export const LAG_LIMITS: LagLimits = {
  from: 4_096,
  growth: 1 / 8,
  afterMs: 100,
  rest: 4,
  now: () => performance.now(),
};

/**
 * Bounds the work for what no region can grow piece by piece: a huge quote, an item that holds a huge list, 10,000 brackets,
 * a definition that is looked up everywhere. Such an update comes when the text has grown enough or time has passed; until
 * then new text is shown as it is.
 */
export interface LagNet {
  /** Whether an update is due, now that `added` characters came and the region has `pending`. */
  isDue(pending: number, added: number): boolean;
  /** Runs an update; it returns how many characters it drew again elsewhere, for a definition that is being written. */
  measure(update: () => number): void;
}

export function createLagNet({ from, growth, afterMs, rest, now }: LagLimits): LagNet {
  let redrawn = 0;
  let waiting = 0;
  let nextAt = 0;
  return {
    isDue(pending, added) {
      waiting += added;
      if (Math.max(pending, redrawn) <= from) return true;
      return waiting >= growth * Math.max(pending - waiting, redrawn) || now() >= nextAt;
    },
    measure(update) {
      const start = now();
      redrawn = update();
      waiting = 0;
      const end = now();
      nextAt = end + Math.max(afterMs, rest * (end - start));
    },
  };
}
