/** `claude-notebook/chains`: steps that follow from one another; in a cell they show as a diagram. */
export type {
  Chain,
  ChainSpec,
  ExecuteOptions,
} from "../../src/chains/chain.js";
export {
  type ChainBuilder,
  type ChainInputs,
  createChain,
  type LoopOptions,
  type StepBase,
  type StepOptions,
} from "../../src/chains/chain-builder.js";
export type { ChainContext } from "../../src/chains/chain-context.js";
export {
  ChainBudgetError,
  ChainInvalidError,
  ChainStepError,
  type StepFailure,
} from "../../src/chains/chain-errors.js";
export type { ChainEvent } from "../../src/chains/chain-events.js";
export type { ChainResult, ChainRun } from "../../src/chains/chain-run.js";
export type { ChainSnapshot, Lane, StepSnapshot } from "../../src/chains/chain-snapshot.js";
export type { ChainState, StepState, StepStatus } from "../../src/chains/chain-state.js";
export { createDataAnalysisChain } from "../../src/chains/ready/data-analysis-chain.js";
export { createDebuggingChain } from "../../src/chains/ready/debugging-chain.js";
export { createFeatureChain } from "../../src/chains/ready/feature-chain.js";
export type { ReadyChainOptions } from "../../src/chains/ready/ready-chain.js";
export { createReviewChain } from "../../src/chains/ready/review-chain.js";
export { displayChain, displayChain as display_chain } from "./display-chain.js";
