import type { ClaudeOptions } from "../../src/options/types.js";
import { planTurn } from "../../src/turn-plan.js";
import type { TurnSetting } from "../../src/turn-setting.js";

/** What may be spent, in US dollars. */
export interface Budget {
  readonly budgetUsd: number;
  readonly leftUsd: number;
}

export interface BudgetedTurn {
  readonly options: ClaudeOptions;
  /** The turn is replayed, and so costs nothing. */
  readonly isFree: boolean;
}

/**
 * The options with which a turn costs no more than what is left. While a run records, no more than the whole budget: the limit is
 * a part of a recording's name, and what was spent before is not the same in the next run.
 */
export function withinBudget(
  prompt: string,
  options: ClaudeOptions,
  { budgetUsd, leftUsd }: Budget,
  setting?: TurnSetting,
): BudgetedTurn {
  if (!Number.isFinite(budgetUsd) && !Number.isFinite(leftUsd)) return { options, isFree: false };
  const whole = limited(options, budgetUsd);
  const { replayed, mode } = planTurn(prompt, whole, setting);
  const asked = replayed || mode === "record" ? whole : limited(whole, leftUsd);
  return { options: asked, isFree: replayed };
}

/** The CLI takes no limit of nothing; with nothing left, nothing is asked. */
function limited(options: ClaudeOptions, usd: number): ClaudeOptions {
  if (!(usd > 0 && Number.isFinite(usd))) return options;
  return { ...options, maxBudgetUsd: Math.min(options.maxBudgetUsd ?? usd, usd) };
}
