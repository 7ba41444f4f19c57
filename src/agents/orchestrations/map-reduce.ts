import { AgentError } from "../agent-error.js";
import type { AgentOutcome } from "../agent-outcome.js";
import type { AgentSystem } from "../agent-system.js";
import { runParallel } from "./run-parallel.js";
import { withOutcomes } from "./run-sequence.js";

export interface MapReduceOptions<Item> {
  readonly items: readonly Item[];
  /** The agent that looks at each item. */
  readonly mapper: string;
  /** The agent that makes one answer of all. */
  readonly reducer: string;
  /** What the mapper is asked. @defaultValue the item, as text or JSON */
  readonly map?: ((item: Item, index: number) => string) | undefined;
  /** What the reducer is asked. @defaultValue to join the answers */
  readonly reduce?: ((answers: readonly string[]) => string) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has an agent look at each item, and another one make one answer of what came of it. Items whose agent fails are left out.
 *
 * @throws AgentError with the outcomes: `all_failed`, or what the reducer threw.
 */
export async function mapReduce<Item>(
  system: AgentSystem,
  { items, mapper, reducer, map = asText, reduce = joinAnswers, signal }: MapReduceOptions<Item>,
): Promise<{ readonly text: string; readonly outcomes: readonly AgentOutcome[]; readonly failed: number }> {
  system.get(reducer);
  const tasks = items.map((item, i) => ({ agent: mapper, prompt: map(item, i) }));
  const outcomes = await runParallel(system, tasks, { signal });
  const answers = outcomes.flatMap(({ answer }) => (answer ? [answer.text] : []));
  if (answers.length === 0) {
    const message = `None of ${items.length} items came to an answer.`;
    throw new AgentError("all_failed", mapper, message, { outcomes, cause: outcomes[0]?.error });
  }
  const last = await system.attempt(reducer, reduce(answers), { signal });
  const all = [...outcomes, last];
  if (!last.answer) throw withOutcomes(last.error as AgentError, all);
  return { text: last.answer.text, outcomes: all, failed: outcomes.length - answers.length };
}

function asText(item: unknown): string {
  return typeof item === "string" ? item : (JSON.stringify(item) ?? String(item));
}

function joinAnswers(answers: readonly string[]): string {
  const numbered = answers.map((answer, i) => `## ${i + 1}\n${answer}`).join("\n\n");
  return `Make one answer of these, without losing what matters:\n\n${numbered}`;
}
