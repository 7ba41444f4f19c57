import { z } from "zod";
import { AgentError } from "../agent-error.js";
import type { AgentOutcome } from "../agent-outcome.js";
import type { AgentSystem } from "../agent-system.js";
import { runParallel } from "./run-parallel.js";
import { withOutcomes } from "./run-sequence.js";

export interface DebateOptions {
  readonly question: string;
  /** Two agents or more. */
  readonly debaters: readonly string[];
  readonly judge: string;
  /** How often each speaks, 1 to 10. @defaultValue 2 */
  readonly rounds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DebateResult {
  /** The judge's answer to the question. */
  readonly text: string;
  /** Whose case was the better one; undefined for neither. */
  readonly winner: string | undefined;
  readonly reason: string;
  readonly outcomes: readonly AgentOutcome[];
}

const MAX_ROUNDS = 10;

const verdict = z.object({
  answer: z.string().describe("Your answer to the question"),
  winner: z
    .string()
    .optional()
    .describe("The name of the debater with the better case; leave it out for neither"),
  reason: z.string(),
});

/**
 * Has agents argue about a question, each knowing what the others said, and a judge decide. A debater that fails is silent in
 * that round.
 *
 * @throws AgentError `bad_definition` for fewer than two debaters or another number of rounds; with the outcomes,
 * `all_failed` when nobody said anything, and what the judge threw.
 */
export async function debate(
  system: AgentSystem,
  { question, debaters, judge, rounds = 2, signal }: DebateOptions,
): Promise<DebateResult> {
  if (new Set(debaters).size < 2 || !Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
    const message = `A debate needs two different debaters or more and 1 to ${MAX_ROUNDS} rounds, not ${JSON.stringify(debaters)} and ${rounds}.`;
    throw new AgentError("bad_definition", judge, message);
  }
  system.get(judge);
  const outcomes: AgentOutcome[] = [];
  const said: string[] = [];
  for (let round = 1; round <= rounds; round++) {
    const before = said.length > 0 ? `\n\nWhat was said so far:\n\n${said.join("\n\n")}` : "";
    const prompt = (agent: string): string =>
      `You are ${agent} in a debate, round ${round} of ${rounds}. Argue your case, and answer the others.\n\nThe question: ${question}${before}`;
    const spoken = await runParallel(
      system,
      debaters.map((agent) => ({ agent, prompt: prompt(agent) })),
      { signal },
    );
    outcomes.push(...spoken);
    for (const { agent, answer } of spoken) if (answer) said.push(`${agent}, round ${round}: ${answer.text}`);
    const stopped = spoken.find(({ status }) => status === "stopped");
    if (stopped) throw withOutcomes(stopped.error as AgentError, outcomes);
  }
  if (said.length === 0)
    throw new AgentError("all_failed", debaters[0]!, "No debater said anything.", { outcomes });
  const asked = `Judge this debate.\n\nThe question: ${question}\n\n${said.join("\n\n")}`;
  const last = await system.attempt(judge, asked, { schema: verdict, signal });
  outcomes.push(last);
  if (!last.answer) throw withOutcomes(last.error as AgentError, outcomes);
  const { answer, winner, reason } = last.answer.output as z.output<typeof verdict>;
  return { text: answer, winner: debaters.find((name) => name === winner), reason, outcomes };
}
