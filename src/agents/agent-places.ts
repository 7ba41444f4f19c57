import { AsyncLocalStorage } from "node:async_hooks";
import { type ChainBudget, createChainBudget } from "../chains/chain-budget.js";
import { abortable } from "../chains/run-step.js";
import { createLimiter, type Limiter } from "../limit/limiter.js";

/** A place and a share of the budget, held while an agent works. */
export interface AgentPlace {
  /** US dollars it may spend; undefined without a budget, or when it is used up. */
  readonly usd: number | undefined;
  /** Runs work whose own runs of agents may use this place and this share, for it waits for them. */
  within<T>(work: () => Promise<T>): Promise<T>;
  /** @param spentUsd without what runs within it spent. */
  leave(spentUsd: number): void;
}

/** What runs within a run may use. */
interface Lent {
  readonly place: Limiter;
  readonly budget: ChainBudget | undefined;
  spentUsd: number;
  isOver: boolean;
}

/** How many agents work at once, and what they may spend. */
export interface AgentPlaces {
  /** Waits for a place and money. @throws the signal's reason when it fires. */
  enter(signal: AbortSignal): Promise<AgentPlace>;
}

/** @param budgetUsd undefined for no limit. */
export function createAgentPlaces(maxRunning: number, budgetUsd: number | undefined): AgentPlaces {
  const places = createLimiter({ maxRunning });
  const budget = budgetUsd === undefined ? undefined : createChainBudget(budgetUsd);
  const current = new AsyncLocalStorage<Lent>();
  return {
    async enter(signal) {
      const stored = current.getStore();
      const parent = stored?.isOver ? undefined : stored;
      const leavePlace = await (parent ? enterEither(parent.place, places, signal) : places.enter(signal));
      const allowance = await takeAllowance(parent ? parent.budget : budget, signal).catch((error) => {
        leavePlace();
        throw error;
      });
      const usd = allowance?.usd;
      const lent: Lent = {
        place: createLimiter({ maxRunning: 1 }),
        budget: usd === undefined ? undefined : createChainBudget(usd),
        spentUsd: 0,
        isOver: false,
      };
      return {
        usd,
        within: (work) => current.run(lent, work),
        leave(spentUsd) {
          lent.isOver = true;
          const allUsd = spentUsd + lent.spentUsd;
          if (parent) parent.spentUsd += allUsd;
          allowance?.settle(allUsd);
          leavePlace();
        },
      };
    },
  };
}

/** The place that is free first. */
async function enterEither(near: Limiter, far: Limiter, signal: AbortSignal): Promise<() => void> {
  const enough = new AbortController();
  const waiting = AbortSignal.any([signal, enough.signal]);
  const tries = [near.enter(waiting), far.enter(waiting)];
  const first = await Promise.race(tries).finally(() => enough.abort());
  for (const each of tries) each.then((leave) => leave !== first && leave()).catch(() => {});
  return first;
}

async function takeAllowance(budget: ChainBudget | undefined, signal: AbortSignal) {
  if (!budget) return undefined;
  const taken = budget.take();
  try {
    return await abortable(taken, signal);
  } catch (error) {
    // It comes to nobody.
    void taken.then((allowance) => allowance?.settle(0));
    throw error;
  }
}
