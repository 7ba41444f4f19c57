import { CLIConnectionError, ResultError } from "../errors.js";
import { isAssistantMessage, isResultMessage } from "../messages/guards.js";
import type { Message, ResultMessage } from "../messages/types.js";
import { normaliseOptions } from "../options/normalise-options.js";
import { resolveCwd } from "../options/resolve-cwd.js";
import type { ClaudeOptions } from "../options/types.js";
import { query } from "../query.js";
import { replayHints } from "../recording/recording-file.js";
import { noteTurn } from "../recording/session-turns.js";
import { optionsUnder } from "../templates/options-under.js";
import type { TemplateOptions } from "../templates/template-options.js";
import { planTurn } from "../turn-plan.js";
import type { ChainContext } from "./chain-context.js";
import type { AskNode, TemplateValue } from "./chain-node.js";
import type { StepState } from "./chain-state.js";
import { renderChainText } from "./chain-text.js";

/** What an attempt of a step came to, also when it failed. */
export interface AskOutcome {
  costUsd: number;
  replayed: boolean;
  session: StepState["session"];
}

export interface AskRequest {
  readonly node: AskNode;
  readonly context: ChainContext;
  /** The names of the chain's inputs. */
  readonly inputs: readonly string[];
  /** Options of the chain, below those of the template and of the step. */
  readonly options: ClaudeOptions;
  /** US dollars; undefined for no limit. */
  readonly maxBudgetUsd: number | undefined;
  readonly signal: AbortSignal;
  /** The session that the step goes on in, as a copy. */
  readonly session: StepState["session"];
  /** Is filled in while the step runs. */
  readonly outcome: AskOutcome;
  onMessage(message: Message): void;
}

/**
 * Asks Claude what a step asks, and gives the answer: text, or what the step's schema makes of it.
 *
 * @throws ResultError for an error result, and what `query` and the step's own functions throw.
 */
export async function askClaude(request: AskRequest): Promise<unknown> {
  const { node, outcome, onMessage } = request;
  const { prompt, options: templateOptions } = await promptOf(request);
  const options = optionsOf(request, templateOptions);
  const { session } = request;
  // Recordings are found by the turns before in their session, which this process may not have seen.
  if (session) noteTurn(session.id, { turn: session.turns, key: session.key, cwd: resolveCwd(options.cwd) });
  const { key } = planTurn(prompt, normaliseOptions(options));
  const turn = query(prompt, options);
  let result: ResultMessage | undefined;
  let answer = "";
  try {
    for await (const message of turn) {
      const { session_id: id } = message as { session_id?: unknown };
      if (typeof id === "string") outcome.session = { id, turns: (session?.turns ?? 0) + 1, key };
      if (isAssistantMessage(message)) answer = textOf(message.content) || answer;
      if (isResultMessage(message)) {
        result = message;
        outcome.costUsd = message.total_cost_usd ?? 0;
      }
      onMessage(message);
    }
  } finally {
    outcome.replayed = turn.origin.replayed;
  }
  if (!result) throw new CLIConnectionError("The turn ended without a result.");
  if (result.is_error) throw new ResultError(result, { hints: replayHints(result) });
  return node.output ? result.structured_output : (result.result ?? answer);
}

function optionsOf(
  { node, options, maxBudgetUsd, signal, session }: AskRequest,
  templateOptions: TemplateOptions,
): ClaudeOptions {
  const all = { ...optionsUnder(options, templateOptions), ...node.options };
  const limits = [maxBudgetUsd, all.maxBudgetUsd].filter((usd) => usd !== undefined);
  return {
    // Whoever follows a chain follows its steps.
    includePartialMessages: false,
    ...all,
    ...(node.output && { outputSchema: node.output }),
    ...(limits.length > 0 && { maxBudgetUsd: Math.min(...limits) }),
    // A copy: a step that is tried again, or another one beside it, finds the session as it was.
    ...(session && { resume: session.id, forkSession: true }),
    abortSignal: all.abortSignal ? AbortSignal.any([signal, all.abortSignal]) : signal,
  };
}

async function promptOf({
  node,
  context,
  inputs,
}: AskRequest): Promise<{ prompt: string; options: TemplateOptions }> {
  const { prompt } = node;
  if (prompt.type === "text") return { prompt: renderChainText(prompt.text, context), options: {} };
  if (prompt.type === "function") return { prompt: await prompt.make(context), options: {} };
  const { template, values } = prompt;
  const implied = Object.keys(template.variables)
    .filter((name) => inputs.includes(name) && context[name] !== undefined)
    .map((name) => [name, context[name]] as const);
  const given = await Promise.all(
    Object.entries(values).map(async ([name, value]) => [name, await makeValue(value, context)] as const),
  );
  const known = [...implied, ...given].filter(([, value]) => value !== undefined);
  return { prompt: template.render(Object.fromEntries(known)), options: template.options };
}

function makeValue(value: TemplateValue, context: ChainContext): unknown {
  if (value.type === "value") return value.value;
  return value.type === "text" ? renderChainText(value.text, context) : value.make(context);
}

function textOf(content: readonly { readonly type: string; readonly text?: unknown }[]): string {
  return content.map(({ type, text }) => (type === "text" && typeof text === "string" ? text : "")).join("");
}
