import { ClaudeSDKError, type ClaudeSDKErrorOptions, hasCode } from "../errors.js";
import type { AgentOutcome } from "./agent-outcome.js";

export type AgentFailure =
  | "aborted"
  | "all_failed"
  | "bad_definition"
  | "duplicate"
  | "failed"
  | "no_answer"
  | "over_budget"
  | "too_many_runs"
  | "too_many_steps"
  | "unknown_agent";

/** An agent cannot be had or could not answer, or agents together came to no end. */
export class AgentError extends ClaudeSDKError {
  override readonly name = "AgentError";
  declare readonly code: "agent_failed";
  readonly reason: AgentFailure;
  /** The agent's name. */
  readonly agent: string;
  /** What was done until then: nothing of it is lost. */
  readonly outcomes: readonly AgentOutcome[];

  constructor(
    reason: AgentFailure,
    agent: string,
    message: string,
    options: ClaudeSDKErrorOptions & { readonly outcomes?: readonly AgentOutcome[] } = {},
  ) {
    super("agent_failed", message, options);
    this.reason = reason;
    this.agent = agent;
    this.outcomes = options.outcomes ?? [];
  }

  static override isInstance(error: unknown): error is AgentError {
    return hasCode(error, "agent_failed");
  }
}
