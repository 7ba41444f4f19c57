import { ClaudeSDKError, type ClaudeSDKErrorOptions, hasCode } from "../errors.js";
import type { ChainState } from "./chain-state.js";

/** A chain cannot be run as it is: it asks for what is not there, or goes round in a circle. Nothing was started. */
export class ChainInvalidError extends ClaudeSDKError {
  override readonly name = "ChainInvalidError";
  declare readonly code: "chain_invalid";
  readonly chain: string;
  /** The step that is wrong; undefined when it is the chain itself. */
  readonly step: string | undefined;

  constructor(chain: string, step: string | undefined, why: string, options?: ClaudeSDKErrorOptions) {
    const what =
      step === undefined ? `The chain \`${chain}\`` : `The step \`${step}\` of the chain \`${chain}\``;
    super("chain_invalid", `${what} ${why}`, options);
    this.chain = chain;
    this.step = step;
  }

  static override isInstance(error: unknown): error is ChainInvalidError {
    return hasCode(error, "chain_invalid");
  }
}

/** A step that failed, and why. */
export interface StepFailure {
  readonly step: string;
  readonly error: unknown;
}

/** A step failed for good. What did not depend on it has run, and `state` holds all that was reached. */
export class ChainStepError extends ClaudeSDKError {
  override readonly name = "ChainStepError";
  declare readonly code: "chain_failed";
  readonly chain: string;
  /** The first step that failed. */
  readonly step: string;
  /** All that failed, the first one first. */
  readonly failures: readonly StepFailure[];
  /** Give it to `execute({ resume })`, and what is done is not done again. */
  readonly state: ChainState;

  constructor(chain: string, failures: readonly StepFailure[], state: ChainState) {
    const { step, error } = failures[0]!;
    const others = failures.length > 1 ? ` (${failures.length - 1} more failed)` : "";
    const why = error instanceof Error ? error.message : String(error);
    super("chain_failed", `The step \`${step}\` of the chain \`${chain}\` failed${others}: ${why}`, {
      cause: error,
      hints: ["Go on from there with `chain.execute({ resume: error.state })`."],
    });
    this.chain = chain;
    this.step = step;
    this.failures = failures;
    this.state = state;
  }

  static override isInstance(error: unknown): error is ChainStepError {
    return hasCode(error, "chain_failed");
  }
}

/** The chain has used up its budget before it was done. */
export class ChainBudgetError extends ClaudeSDKError {
  override readonly name = "ChainBudgetError";
  declare readonly code: "budget_exceeded";
  readonly chain: string;
  /** US dollars. */
  readonly budgetUsd: number;
  /** US dollars. */
  readonly spentUsd: number;
  /** Give it to `execute({ resume, budgetUsd })` with more, and what is done is not done again. */
  readonly state: ChainState;

  constructor(chain: string, budgetUsd: number, state: ChainState) {
    super(
      "budget_exceeded",
      `The chain \`${chain}\` has used up its budget of $${budgetUsd}: $${state.spentUsd} are spent, and steps are left.`,
      { hints: ["Go on with more: `chain.execute({ resume: error.state, budgetUsd })`."] },
    );
    this.chain = chain;
    this.budgetUsd = budgetUsd;
    this.spentUsd = state.spentUsd;
    this.state = state;
  }

  static override isInstance(error: unknown): error is ChainBudgetError {
    return hasCode(error, "budget_exceeded");
  }
}
