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
   * @param leavesHalf takes half of the share, and leaves the rest for what runs meanwhile and is waited for: nobody waits for
   * this one, which counts as spent until it gives back.
   * @returns undefined when it is used up.
   */
  take(options?: { readonly leavesHalf?: boolean }): Promise<Allowance | undefined>;
}

/** Shares are cut to millionths of a dollar, so that sums in another order give the same share. */
const UNIT = 1_000_000;

/** What was cut already is not cut again: 0.29 times a million is a little less than 290000. */
const cut = (usd: number): number => Math.floor(usd * UNIT + 0.001) / UNIT;

/** Less than this is nothing: no answer of a model costs so little. In US dollars. */
const LEAST_USD = 0.000_01;

/** @param leftUsd what there is. */
export function createChainBudget(leftUsd: number): ChainBudget {
  let left = leftUsd;
  let held = 0;
  /** Counted, since sums of binary fractions do not come back to nothing: 0.1 + 0.2 - 0.1 - 0.2. */
  let holders = 0;
  const asking: { give(allowance: Allowance | undefined): void; leavesHalf: boolean }[] = [];
  let isDue = false;

  const hand = (): void => {
    isDue = false;
    const free = left - held;
    if (free < LEAST_USD) {
      if (holders === 0) for (const { give } of asking.splice(0)) give(undefined);
      return;
    }
    // A share is something; whoever comes to nothing waits for what the others give back.
    const all = asking.splice(0, Math.floor(free / LEAST_USD));
    const share = free / all.length;
    for (const { give, leavesHalf } of all)
      give(leavesHalf ? setAside(cut(share / 2)) : allowanceOf(cut(share)));
  };
  const plan = (): void => {
    if (isDue || asking.length === 0) return;
    isDue = true;
    setImmediate(hand);
  };
  const allowanceOf = (usd: number): Allowance => {
    held += usd;
    holders++;
    return {
      usd,
      settle(spentUsd) {
        held = --holders === 0 ? 0 : held - usd;
        left -= spentUsd;
        plan();
      },
    };
  };
  const setAside = (usd: number): Allowance => {
    left -= usd;
    return {
      usd,
      settle(spentUsd) {
        left += usd - spentUsd;
        plan();
      },
    };
  };
  return {
    take: ({ leavesHalf = false } = {}) =>
      new Promise((give) => {
        asking.push({ give, leavesHalf });
        plan();
      }),
  };
}
