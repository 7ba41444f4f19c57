import { AgentError } from "../agent-error.js";
import type { AgentOutcome } from "../agent-outcome.js";
import type { AgentSystem } from "../agent-system.js";

/** A step: the agent, and what it is asked, made from the answer before. */
export interface SequenceStep {
  readonly agent: string;
  readonly prompt: string | ((before: string) => string);
}

export interface SequenceOptions {
  readonly signal?: AbortSignal | undefined;
  /** What a failing step does: ends the sequence, or is left out, and the next one gets the last good answer. @defaultValue "stop" */
  readonly onFailure?: "stop" | "skip" | undefined;
}

/**
 * Runs agents one after the other, each with the answer of the one before.
 *
 * @returns the last answer, and how each step ended.
 * @throws AgentError with the outcomes so far: what the failing step threw, or `all_failed`.
 */
export async function runSequence(
  system: AgentSystem,
  steps: readonly SequenceStep[],
  { signal, onFailure = "stop" }: SequenceOptions = {},
): Promise<{ readonly text: string; readonly outcomes: readonly AgentOutcome[] }> {
  for (const { agent } of steps) system.get(agent);
  const outcomes: AgentOutcome[] = [];
  let before = "";
  for (const { agent, prompt } of steps) {
    const asked =
      typeof prompt === "function" ? prompt(before) : before === "" ? prompt : `${prompt}\n\n${before}`;
    const outcome = await system.attempt(agent, asked, { signal });
    outcomes.push(outcome);
    if (outcome.answer) before = outcome.answer.text;
    else if (onFailure === "stop" || outcome.status === "stopped")
      throw withOutcomes(outcome.error as AgentError, outcomes);
  }
  if (outcomes.length > 0 && outcomes.every(({ status }) => status !== "done")) {
    throw new AgentError("all_failed", outcomes[0]!.agent, "No step of the sequence came to an answer.", {
      outcomes,
    });
  }
  return { text: before, outcomes };
}

/** The same error, with what was done before it. */
export function withOutcomes(error: AgentError, outcomes: readonly AgentOutcome[]): AgentError {
  const { reason, agent, message, hints, cause } = error;
  return new AgentError(reason, agent, message, { outcomes, hints, cause });
}
