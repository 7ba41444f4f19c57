/** A share of a budget that a step may spend. */
export interface Allowance {
  /** US dollars. */
  readonly usd: number;
  /** Gives back what was not spent. */
  settle(spentUsd: number): void;
}

/** Money that several steps spend at once, and never more than there is. */
export interface ChainBudget {
  /**
   * A share for a step: those that ask in the same turn of the event loop share what is there; while others hold all of it, this
   * waits until one gives back.
   *
   * @returns undefined when it is used up.
   */
  take(): Promise<Allowance | undefined>;
}

/** Shares are cut to millionths of a dollar, so that sums in another order give the same share. */
const UNIT = 1_000_000;

/** Less than this is nothing: no answer of a model costs so little. In US dollars. */
const LEAST_USD = 0.000_01;

/** @param leftUsd what there is. */
export function createChainBudget(leftUsd: number): ChainBudget {
  let left = leftUsd;
  let held = 0;
  let asking: ((allowance: Allowance | undefined) => void)[] = [];
  let isDue = false;

  const hand = (): void => {
    isDue = false;
    if (left - held < LEAST_USD && held > 0) return;
    const all = asking;
    asking = [];
    if (left < LEAST_USD) for (const give of all) give(undefined);
    else {
      const share = Math.floor(((left - held) / all.length) * UNIT) / UNIT;
      for (const give of all) give(allowanceOf(share));
    }
  };
  const plan = (): void => {
    if (isDue || asking.length === 0) return;
    isDue = true;
    setImmediate(hand);
  };
  const allowanceOf = (usd: number): Allowance => {
    held += usd;
    return {
      usd,
      settle(spentUsd) {
        held -= usd;
        left -= spentUsd;
        plan();
      },
    };
  };
  return {
    take: () =>
      new Promise((resolve) => {
        asking.push(resolve);
        plan();
      }),
  };
}
