/** When an open region is large, how long its update may wait. */
export interface LagLimits {
  /** Length of an open region from which updates wait, in characters. */
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
 * Bounds the work for what no region can grow piece by piece: a huge quote, an item that holds a huge list, 10,000 brackets.
 * Such a region is brought up to date when it has grown enough or time has passed; until then new text is shown as it is.
 */
export interface LagNet {
  /** Whether a region with `pending` characters is to be brought up to date now. */
  isDue(pending: number): boolean;
  /** Runs an update and notes how long it took; it returns how many characters the region has left. */
  measure(update: () => number): void;
}

export function createLagNet({ from, growth, afterMs, rest, now }: LagLimits): LagNet {
  let lastPending = 0;
  let nextAt = 0;
  return {
    isDue(pending) {
      if (pending <= from || pending < lastPending) return true;
      return pending >= lastPending * (1 + growth) || now() >= nextAt;
    },
    measure(update) {
      const start = now();
      lastPending = update();
      const end = now();
      nextAt = end + Math.max(afterMs, rest * (end - start));
    },
  };
}
