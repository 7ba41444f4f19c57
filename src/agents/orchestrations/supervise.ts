import { z } from "zod";
import { collectResult } from "../../collect-result.js";
import type { QueryOptions } from "../../options/types.js";
import { query } from "../../query.js";
import { AgentError } from "../agent-error.js";
import type { AgentOutcome } from "../agent-outcome.js";
import type { AgentSystem } from "../agent-system.js";
import { withOutcomes } from "./run-sequence.js";

export interface SuperviseOptions {
  readonly task: string;
  /** The agent that decides who does what. */
  readonly supervisor: string;
  /** The agents it may give work to. @defaultValue all others */
  readonly workers?: readonly string[] | undefined;
  /** How often it may decide, 1 to 50. @defaultValue 8 */
  readonly maxSteps?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const MAX_STEPS = 50;

/** Pieces of work that are given out at once. */
const MAX_DELEGATIONS = 16;

const decision = z.object({
  delegations: z
    .array(z.object({ agent: z.string(), task: z.string() }))
    .max(MAX_DELEGATIONS)
    .optional()
    .describe("Work for agents, done side by side. Leave it out when you are done."),
  answer: z.string().optional().describe("Your answer to the whole task, once you have it"),
});

/**
 * Has an agent give out a task in pieces, see what comes of them, and answer. Failures are told to it like results.
 *
 * @throws AgentError with the outcomes: `too_many_steps` when it comes to no answer, `no_answer` when it decides nothing,
 * and what the supervisor threw.
 */
export async function supervise(
  system: AgentSystem,
  { task, supervisor, workers, maxSteps = 8, signal }: SuperviseOptions,
): Promise<{ readonly text: string; readonly outcomes: readonly AgentOutcome[] }> {
  if (!Number.isInteger(maxSteps) || maxSteps < 1 || maxSteps > MAX_STEPS) {
    throw new AgentError(
      "bad_definition",
      supervisor,
      `maxSteps must be 1 to ${MAX_STEPS}, not ${maxSteps}.`,
    );
  }
  const names = workers ?? system.agents.map(({ name }) => name).filter((name) => name !== supervisor);
  const team = names.map((name) => `- ${name}: ${system.get(name).description}`).join("\n");
  const outcomes: AgentOutcome[] = [];
  const log: string[] = [];
  for (let step = 1; step <= maxSteps; step++) {
    const done = log.length > 0 ? `\n\nWhat was done so far:\n\n${log.join("\n\n")}` : "";
    const prompt = `You lead these agents:\n${team}\n\nThe task: ${task}${done}\n\nDecide what is to be done next (decision ${step} of ${maxSteps}), or answer.`;
    const decided = await system.attempt(supervisor, prompt, { schema: decision, signal });
    outcomes.push(decided);
    if (!decided.answer) throw withOutcomes(decided.error as AgentError, outcomes);
    const { answer, delegations = [] } = decided.answer.output as z.output<typeof decision>;
    if (delegations.length === 0) {
      if (answer !== undefined) return { text: answer, outcomes };
      const message = `The supervisor ${supervisor} gave out no work and no answer.`;
      throw new AgentError("no_answer", supervisor, message, { outcomes });
    }
    const results = await Promise.all(delegations.map((each) => work(each.agent, each.task)));
    log.push(...results);
    signal?.throwIfAborted();
  }
  const message = `The supervisor ${supervisor} came to no answer in ${maxSteps} decisions.`;
  throw new AgentError("too_many_steps", supervisor, message, {
    outcomes,
    hints: ["Allow more with `maxSteps`, or make the task smaller."],
  });

  async function work(agent: string, piece: string): Promise<string> {
    if (!names.includes(agent)) return `${agent} (${piece}): there is no such agent.`;
    const outcome = await system.attempt(agent, piece, { signal });
    outcomes.push(outcome);
    return `${agent} (${piece}):\n${outcome.answer?.text ?? `failed: ${outcome.error?.message}`}`;
  }
}

/**
 * The same in one session of the CLI, whose own subagents the workers become: cheaper, as they share what was read and
 * cached; but without the system's limits for each agent, messages and shared context.
 *
 * @throws ResultError for an error result, and what `query` throws.
 */
export async function superviseInSession(
  system: AgentSystem,
  {
    task,
    workers,
    options,
  }: { readonly task: string; readonly workers?: readonly string[]; readonly options?: QueryOptions },
): Promise<{ readonly text: string; readonly costUsd: number }> {
  const agents = { ...options?.agents, ...system.toDefinitions(workers) };
  const result = await collectResult(query(task, { ...options, agents }));
  return { text: result.result ?? "", costUsd: result.total_cost_usd ?? 0 };
}
