import type { AgentOutcome } from "../agent-outcome.js";
import type { AgentSystem } from "../agent-system.js";

/** What an agent is to do. */
export interface AgentTask {
  readonly agent: string;
  readonly prompt: string;
}

/**
 * Runs agents beside one another. One that fails does not end the others.
 *
 * @returns an outcome for each task, in the order of the tasks.
 * @throws AgentError `unknown_agent`, before anything runs.
 */
export async function runParallel(
  system: AgentSystem,
  tasks: readonly AgentTask[],
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<readonly AgentOutcome[]> {
  for (const { agent } of tasks) system.get(agent);
  return Promise.all(tasks.map(({ agent, prompt }) => system.attempt(agent, prompt, options)));
}
