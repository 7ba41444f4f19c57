/** Counts what somebody does against what is allowed: a bucket that fills at a steady rate. */
export interface RateLimit {
  /** @returns false when there is no more for now. */
  take(): boolean;
}

/** How often something may happen. */
export interface Rate {
  /** How many a second in the long run. */
  readonly perSecond: number;
  /** How many at once after a pause. */
  readonly burst: number;
}

/** @param now a clock in milliseconds. */
export function createRateLimit(
  { perSecond, burst }: Rate,
  now: () => number = () => performance.now(),
): RateLimit {
  let left = burst;
  let at = now();
  return {
    take() {
      const time = now();
      left = Math.min(burst, left + ((time - at) / 1000) * perSecond);
      at = time;
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}

/** Addresses that are remembered; the oldest goes when there are more, so that many addresses cannot fill the memory. */
const MAX_KEYS = 4_096;

/** A limit for each key, e.g. a remote address. */
export function createRateLimits(rate: Rate): { take(key: string): boolean } {
  const limits = new Map<string, RateLimit>();
  return {
    take(key) {
      const known = limits.get(key) ?? createRateLimit(rate);
      limits.delete(key);
      limits.set(key, known);
      if (limits.size > MAX_KEYS) limits.delete(limits.keys().next().value!);
      return known.take();
    },
  };
}
