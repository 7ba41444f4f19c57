import { AsyncLocalStorage } from "node:async_hooks";
import { type Allowance, type ChainBudget, createChainBudget } from "../chains/chain-budget.js";
import { abortable } from "../chains/run-step.js";
import { createLimiter, type Limiter } from "../limit/limiter.js";

/** A place and a share of the budget, held while an agent works. */
export interface AgentPlace {
  /** US dollars it may spend, with all that runs within it; undefined without a budget, or when it is used up. */
  readonly usd: number | undefined;
  /** Runs work whose own runs of agents may use this place and this share, for it waits for them. */
  within<T>(work: () => Promise<T>): Promise<T>;
  /** @param spentUsd without what runs within it spent. */
  leave(spentUsd: number): void;
}

/** What a run, and all that runs within it, may use. */
interface Lent {
  readonly places: AgentPlaces;
  readonly place: Limiter;
  readonly budget: ChainBudget | undefined;
  /** Of runs within this one. */
  innerUsd: number;
  /** Of all that took from the budget: these, and the run's own queries. */
  takenUsd: number;
  isOver: boolean;
}

/** How many agents work at once, and what they may spend. */
export interface AgentPlaces {
  /** Waits for a place and money. @throws the signal's reason when it fires. */
  enter(signal: AbortSignal): Promise<AgentPlace>;
}

/** The run of an agent that code belongs to. */
const current = new AsyncLocalStorage<Lent>();

/** @param budgetUsd undefined for no limit. */
export function createAgentPlaces(maxRunning: number, budgetUsd: number | undefined): AgentPlaces {
  const all = createLimiter({ maxRunning });
  const budget = budgetUsd === undefined ? undefined : createChainBudget(budgetUsd);
  const places: AgentPlaces = {
    async enter(signal) {
      const stored = current.getStore();
      const parent = stored?.places === places && !stored.isOver ? stored : undefined;
      const leavePlace = await (parent ? enterEither(parent.place, all, signal) : all.enter(signal));
      const allowance = await takeAllowance(parent ? parent.budget : budget, signal).catch((error) => {
        leavePlace();
        throw error;
      });
      const usd = allowance?.usd;
      const lent: Lent = {
        places,
        place: createLimiter({ maxRunning: 1 }),
        budget: usd === undefined ? undefined : createChainBudget(usd),
        innerUsd: 0,
        takenUsd: 0,
        isOver: false,
      };
      return {
        usd,
        within: (work) => current.run(lent, work),
        leave(spentUsd) {
          lent.isOver = true;
          const allUsd = Math.max(spentUsd + lent.innerUsd, lent.takenUsd);
          if (parent) {
            parent.innerUsd += allUsd;
            parent.takenUsd += allUsd;
          }
          allowance?.settle(allUsd);
          leavePlace();
        },
      };
    },
  };
  return places;
}

/**
 * Takes what a query of an agent may spend out of the share of the run that it belongs to: what the run asks itself and what runs
 * within it never come to more than the share.
 *
 * @param leavesHalf for a query that may wait for runs within it.
 * @returns undefined where there is no budget; "used_up" when nothing is left.
 * @throws the signal's reason when it fires.
 */
export async function takeOwnShare(
  leavesHalf: boolean,
  signal: AbortSignal | undefined,
): Promise<Allowance | "used_up" | undefined> {
  const run = current.getStore();
  if (!run?.budget) return undefined;
  if (run.isOver) return "used_up";
  const allowance = await takeAllowance(run.budget, signal, leavesHalf);
  if (!allowance) return "used_up";
  return {
    usd: allowance.usd,
    settle(spentUsd) {
      run.takenUsd += spentUsd;
      allowance.settle(spentUsd);
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

async function takeAllowance(
  budget: ChainBudget | undefined,
  signal: AbortSignal | undefined,
  leavesHalf = false,
): Promise<Allowance | undefined> {
  if (!budget) return undefined;
  const taken = budget.take({ leavesHalf });
  try {
    return await (signal ? abortable(taken, signal) : taken);
  } catch (error) {
    // It comes to nobody.
    void taken.then((allowance) => allowance?.settle(0));
    throw error;
  }
}
