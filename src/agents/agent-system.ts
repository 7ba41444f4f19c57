import type { z } from "zod";
import { abortable } from "../chains/run-step.js";
import { isAborted, ResultError } from "../errors.js";
import { isAssistantMessage, isResultMessage } from "../messages/guards.js";
import { paidCost } from "../messages/paid-cost.js";
import type { Message } from "../messages/types.js";
import { nearestName } from "../options/nearest-name.js";
import type { AgentDefinition } from "../options/types.js";
import { showAs } from "../shown-as.js";
import { AgentError } from "./agent-error.js";
import { type AgentMessage, createMailbox, type Mailbox } from "./agent-mailbox.js";
import type { AgentAnswer, AgentOutcome } from "./agent-outcome.js";
import { type AgentPlaces, createAgentPlaces } from "./agent-places.js";
import type { AgentState, AgentsSnapshot } from "./agent-snapshot.js";
import { agentTools, TALK_SERVER } from "./agent-tools.js";
import type { BaseAgent } from "./base-agent.js";
import { createSharedContext, type SharedContext } from "./shared-context.js";

export interface AgentSystemOptions {
  readonly agents?: readonly BaseAgent[] | undefined;
  /** US dollars that all runs together may cost; runs within a run share what that one may spend. @defaultValue no limit */
  readonly budgetUsd?: number | undefined;
  /** Agents that work at once; one that waits for runs of its own lends them its place. @defaultValue 4 */
  readonly maxConcurrent?: number | undefined;
  /** Runs of all agents together: agents that call one another without end are stopped. @defaultValue 200 */
  readonly maxRuns?: number | undefined;
  /** Gives agents tools to send one another messages, and to read and write the shared context. @defaultValue false */
  readonly canTalk?: boolean | undefined;
}

/** How one agent is run. */
export interface RunOptions<Schema extends z.ZodType = z.ZodType> {
  readonly schema?: Schema | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a run took. */
interface Spent {
  /** US dollars that were paid. */
  costUsd: number;
  /** US dollars that count towards the budget: a turn that is replayed counts as when it was recorded. */
  countedUsd: number;
  tokens: number;
}

/** Characters of an agent's activity. */
const MAX_ACTIVITY = 120;

/**
 * Agents that work together: found by what they can do, run under one budget and one limit of how many at once, with
 * messages and a context that they share. What agents do together is in `orchestrations/`: `runSequence`, `runParallel`,
 * `mapReduce`, `debate`, `supervise`.
 *
 * @example
 *     const system = new AgentSystem({ agents: [createReviewerAgent(), createSecurityAgent()], budgetUsd: 1 });
 *     const { text } = await system.run("reviewer", "Review join.ts");
 */
export class AgentSystem {
  /** What all agents may know. */
  readonly context: SharedContext = createSharedContext();
  readonly #agents = new Map<string, BaseAgent>();
  readonly #states = new Map<string, AgentState>();
  readonly #mailbox: Mailbox = createMailbox();
  readonly #places: AgentPlaces;
  readonly #options: AgentSystemOptions;
  readonly #listeners = new Set<() => void>();
  #stop = new AbortController();
  #runs = 0;
  #spentUsd = 0;

  /** @throws AgentError `duplicate` */
  constructor(options: AgentSystemOptions = {}) {
    this.#options = options;
    this.#places = createAgentPlaces(options.maxConcurrent ?? 4, options.budgetUsd);
    for (const agent of options.agents ?? []) this.register(agent);
    showAs(this, "agents");
  }

  /** @throws AgentError `duplicate` when there is one of its name. */
  register(agent: BaseAgent): this {
    const { name, description } = agent;
    if (this.#agents.has(name)) throw new AgentError("duplicate", name, `There is an agent ${name} already.`);
    this.#agents.set(name, agent);
    const nothing = { runs: 0, costUsd: 0, tokens: 0, durationMs: 0, unread: 0, activity: "" };
    this.#states.set(name, { name, description, status: "idle", ...nothing });
    this.#changed();
    return this;
  }

  /** @throws AgentError `unknown_agent` */
  get(name: string): BaseAgent {
    const agent = this.#agents.get(name);
    if (agent) return agent;
    const near = nearestName(name, this.#agents.keys());
    const advice = near ? ` Did you mean ${near}?` : "";
    throw new AgentError("unknown_agent", name, `There is no agent ${JSON.stringify(name)}.${advice}`, {
      hints: [`There are: ${[...this.#agents.keys()].join(", ") || "none"}.`],
    });
  }

  get agents(): readonly BaseAgent[] {
    return [...this.#agents.values()];
  }

  /** The agents that can do something: by capability first, then by words of their descriptions. */
  discover(capability: string): readonly BaseAgent[] {
    const word = capability.trim().toLowerCase();
    const can = this.agents.filter(({ capabilities }) =>
      capabilities.some((each) => each.toLowerCase() === word),
    );
    const says = this.agents.filter(({ description }) => description.toLowerCase().includes(word));
    return [...new Set([...can, ...(word === "" ? [] : says)])];
  }

  /** Leaves an agent a message; it gets it with its next prompt. @throws AgentError `unknown_agent` */
  send(from: string, to: string, text: string): void {
    this.get(to);
    this.#mailbox.put({ from, to, text });
    this.#change(to, { unread: this.#mailbox.count(to) });
  }

  /**
   * Runs an agent, when there is a place and money for it.
   *
   * @throws AgentError: `unknown_agent`, `over_budget`, `too_many_runs`, `aborted`; `failed`, with the cause.
   */
  async run<Schema extends z.ZodType = z.ZodType<undefined>>(
    name: string,
    prompt: string,
    options: RunOptions<Schema> = {},
  ): Promise<AgentAnswer<z.output<Schema>>> {
    const outcome = await this.attempt(name, prompt, options);
    if (outcome.error) throw outcome.error;
    return outcome.answer as AgentAnswer<z.output<Schema>>;
  }

  /** The same, but a failure is an outcome like any other. @throws AgentError `unknown_agent` */
  async attempt(name: string, prompt: string, options: RunOptions = {}): Promise<AgentOutcome> {
    const agent = this.get(name);
    const startedAt = performance.now();
    const signal = options.signal ? AbortSignal.any([options.signal, this.#stop.signal]) : this.#stop.signal;
    const spent: Spent = { costUsd: 0, countedUsd: 0, tokens: 0 };
    let answer: AgentAnswer | undefined;
    let error: AgentError | undefined;
    this.#change(name, { status: "waiting" });
    try {
      answer = await this.#process(agent, prompt, { ...options, signal }, spent);
    } catch (cause) {
      error = asAgentError(name, cause, signal);
    }
    const status = error ? (error.reason === "aborted" ? "stopped" : "failed") : "done";
    const durationMs = performance.now() - startedAt;
    this.#spentUsd += spent.costUsd;
    const before = this.#states.get(name)!;
    this.#change(name, {
      status,
      unread: this.#mailbox.count(name),
      runs: before.runs + 1,
      costUsd: before.costUsd + spent.costUsd,
      tokens: before.tokens + spent.tokens,
      durationMs: before.durationMs + durationMs,
      activity: oneLine(error?.message ?? answer?.text ?? ""),
    });
    return { agent: name, prompt, status, answer, error, costUsd: spent.costUsd, durationMs };
  }

  /** Stops all that runs or waits, and what would begin from now on. @returns what lets runs begin again. */
  abort(reason?: unknown): () => void {
    const stopped = this.#stop;
    stopped.abort(reason);
    return () => {
      if (this.#stop === stopped) this.#stop = new AbortController();
    };
  }

  /** The agents as subagents of the CLI, for the option `agents` of a query. @param names all by default. */
  toDefinitions(
    names: readonly string[] = [...this.#agents.keys()],
  ): Readonly<Record<string, AgentDefinition>> {
    return Object.fromEntries(names.map((name) => [name, this.get(name).toDefinition()]));
  }

  /** How the agents are now. */
  get snapshot(): AgentsSnapshot {
    return {
      agents: [...this.#states.values()],
      spentUsd: this.#spentUsd,
      budgetUsd: this.#options.budgetUsd,
    };
  }

  /** Is told of each change of {@link AgentSystem.snapshot}. @returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #process(
    agent: BaseAgent,
    prompt: string,
    options: RunOptions & { readonly signal: AbortSignal },
    spent: Spent,
  ): Promise<AgentAnswer> {
    const { name } = agent;
    const { maxRuns = 200, budgetUsd, canTalk } = this.#options;
    if (++this.#runs > maxRuns) {
      throw new AgentError(
        "too_many_runs",
        name,
        `The agents have run ${maxRuns} times, which is as often as they may.`,
        {
          hints: ["If that is no endless loop, allow more with `maxRuns`."],
        },
      );
    }
    const place = await this.#places.enter(options.signal);
    let letters: readonly AgentMessage[] = [];
    try {
      options.signal.throwIfAborted();
      if (budgetUsd !== undefined && place.usd === undefined) {
        throw new AgentError("over_budget", name, `The budget of ${budgetUsd} US dollars is used up.`);
      }
      this.#change(name, { status: "running", unread: 0, activity: "" });
      letters = this.#mailbox.take(name);
      const work = place.within(async () =>
        agent.processWithClaude(this.#promptFor(letters, prompt), {
          ...options,
          ...(place.usd !== undefined && { maxBudgetUsd: place.usd }),
          ...(canTalk && { mcpServers: { [TALK_SERVER]: agentTools(this, name) } }),
          onMessage: (message) => this.#note(name, message, spent),
        }),
      );
      // An agent's own code may not listen to its signal.
      return await abortable(work, options.signal);
    } catch (error) {
      // Nobody has answered them: they come with the next prompt.
      this.#mailbox.putBack(name, letters);
      throw error;
    } finally {
      place.leave(spent.countedUsd);
    }
  }

  /** What an agent should know comes before what it is asked. */
  #promptFor(letters: readonly AgentMessage[], prompt: string): string {
    const lines = letters.map(({ from, text }) => `From ${from}: ${text}`);
    return [this.context.text(), lines.length > 0 ? `Messages for you:\n${lines.join("\n")}` : "", prompt]
      .filter((part) => part !== "")
      .join("\n\n");
  }

  #note(name: string, message: Message, spent: Spent): void {
    if (isResultMessage(message)) {
      // An agent's own code may ask Claude several times in one run.
      spent.costUsd += paidCost(message);
      spent.countedUsd += message.total_cost_usd ?? 0;
      spent.tokens += (message.usage?.input_tokens ?? 0) + (message.usage?.output_tokens ?? 0);
    }
    if (!isAssistantMessage(message)) return;
    const block = message.content.at(-1) as { type?: string; name?: string; text?: string } | undefined;
    const activity = block?.type === "tool_use" ? `uses ${block.name}` : oneLine(block?.text ?? "");
    if (activity !== "") this.#change(name, { activity });
  }

  #change(name: string, changes: Partial<AgentState>): void {
    this.#states.set(name, { ...this.#states.get(name)!, ...changes });
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function asAgentError(agent: string, cause: unknown, signal: AbortSignal): AgentError {
  if (AgentError.isInstance(cause)) return cause;
  if (signal.aborted || isAborted(cause)) {
    return new AgentError("aborted", agent, `The agent ${agent} was stopped.`, { cause });
  }
  if (ResultError.isInstance(cause) && cause.result.subtype === "error_max_budget_usd") {
    return new AgentError("over_budget", agent, `The agent ${agent} used up what it may spend.`, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AgentError("failed", agent, `The agent ${agent} failed: ${why}`, { cause });
}

function oneLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > MAX_ACTIVITY ? `${line.slice(0, MAX_ACTIVITY)}…` : line;
}
