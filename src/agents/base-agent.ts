import type { z } from "zod";
import { CLIConnectionError, ResultError } from "../errors.js";
import { isAssistantMessage, isResultMessage } from "../messages/guards.js";
import type { Message, ResultMessage } from "../messages/types.js";
import { normaliseOptions } from "../options/normalise-options.js";
import type { AgentDefinition, ClaudeOptions, McpServerConfig, QueryOptions } from "../options/types.js";
import { query } from "../query.js";
import { replayHints } from "../recording/recording-file.js";
import { isInProcess } from "../tools/mcp-bridge.js";
import { AgentError } from "./agent-error.js";
import type { AgentMemory } from "./agent-memory.js";
import type { AgentAnswer } from "./agent-outcome.js";
import { takeOwnShare } from "./agent-places.js";
import { TALK_SERVER } from "./agent-tools.js";

/** What an agent is. */
export interface AgentOptions {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  /** What it is for: by this it is found, and chosen by a supervisor. */
  readonly description: string;
  /** What it is told before each prompt. */
  readonly systemPrompt?: string | undefined;
  /** What it can do, in words by which others look for it: `review`, `security`. */
  readonly capabilities?: readonly string[] | undefined;
  /** Built-in tools that exist for it. @defaultValue the CLI's */
  readonly tools?: readonly string[] | undefined;
  /** Tools and rules that it may use unasked. */
  readonly allowedTools?: readonly string[] | undefined;
  /** Its tools of this process, and others. */
  readonly mcpServers?: Readonly<Record<string, McpServerConfig>> | undefined;
  readonly model?: string | undefined;
  /** What it keeps from one prompt to the next. @defaultValue nothing */
  readonly memory?: AgentMemory | undefined;
  /** Other options of its queries. */
  readonly options?: QueryOptions | undefined;
}

/** How one prompt is answered. */
export interface ProcessOptions<Schema extends z.ZodType = z.ZodType> {
  /** The form of the answer. */
  readonly schema?: Schema | undefined;
  readonly signal?: AbortSignal | undefined;
  /** US dollars that it may cost. */
  readonly maxBudgetUsd?: number | undefined;
  /** Is told each message as it comes. */
  readonly onMessage?: ((message: Message) => void) | undefined;
  /** Servers for this prompt alone. */
  readonly mcpServers?: Readonly<Record<string, McpServerConfig>> | undefined;
}

/**
 * An agent: Claude with a role. Make one with options, or extend the class and use
 * {@link BaseAgent.processWithClaude} in methods of your own.
 *
 * @example
 *     const poet = new BaseAgent({ name: "poet", description: "Writes verses", systemPrompt: "You answer in verse." });
 *     const { text } = await poet.processWithClaude("Describe a decorator");
 */
export class BaseAgent {
  readonly name: string;
  readonly description: string;
  readonly capabilities: readonly string[];
  readonly memory: AgentMemory | undefined;
  readonly #agent: AgentOptions;
  readonly #options: ClaudeOptions;

  /** @throws AgentError `bad_definition`; InvalidOptionsError */
  constructor(options: AgentOptions) {
    const { name, description, capabilities = [], memory } = options;
    if (typeof name !== "string" || !/^[\w-]{1,64}$/.test(name) || !description?.trim()) {
      const message = `The agent ${JSON.stringify(name)} cannot be made: it needs a name of letters, digits, _ and -, and a description.`;
      throw new AgentError("bad_definition", String(name), message);
    }
    this.name = name;
    this.description = description;
    this.capabilities = capabilities;
    this.memory = memory;
    this.#agent = options;
    this.#options = normaliseOptions(options.options);
  }

  /**
   * Asks Claude in this agent's role. In a run of a system with a budget it may spend what is left of the run's share; an agent
   * whose tools, hooks or callbacks are of this process gets half of that, for they may run other agents meanwhile.
   *
   * @throws ResultError for an error result, AgentError `over_budget` when nothing is left, and what `query` throws.
   */
  async processWithClaude<Schema extends z.ZodType = z.ZodType<undefined>>(
    prompt: string,
    options: ProcessOptions<Schema> = {},
  ): Promise<AgentAnswer<z.output<Schema>>> {
    const asked = this.#queryOptions(options);
    const share = await takeOwnShare(mayRunAgents(asked), asked.abortSignal);
    if (share === "used_up") {
      const message = `The agent ${this.name} has nothing left of what its run may spend.`;
      throw new AgentError("over_budget", this.name, message);
    }
    const limits = [asked.maxBudgetUsd, share?.usd].filter((usd) => usd !== undefined);
    const memory = this.memory?.recall();
    const turn = query(memory ? `${memory}\n\n${prompt}` : prompt, {
      ...asked,
      ...(limits.length > 0 && { maxBudgetUsd: Math.min(...limits) }),
    });
    let result: ResultMessage | undefined;
    let said = "";
    try {
      for await (const message of turn) {
        if (isAssistantMessage(message) && !message.parent_tool_use_id)
          said = textOf(message.content) || said;
        if (isResultMessage(message)) result = message;
        options.onMessage?.(message);
      }
    } finally {
      share?.settle(result?.total_cost_usd ?? 0);
    }
    if (!result) throw new CLIConnectionError(`The turn of the agent ${this.name} ended without a result.`);
    if (result.is_error) throw new ResultError(result, { hints: replayHints(result) });
    const text = result.result || said;
    this.memory?.add(prompt, text);
    return { text, output: result.structured_output as z.output<Schema>, result };
  }

  /**
   * This agent as a subagent of the CLI, for the option `agents`: Claude then calls it within one session, which is cheaper
   * than a session of its own. Memory, servers and other options are left behind.
   */
  toDefinition(): AgentDefinition {
    const { systemPrompt, tools, model } = this.#agent;
    return {
      description: this.description,
      prompt: systemPrompt ?? this.description,
      ...(tools && { tools }),
      ...(model !== undefined && { model }),
    };
  }

  #queryOptions({ schema, signal, maxBudgetUsd, mcpServers }: ProcessOptions): QueryOptions {
    const { systemPrompt, tools, allowedTools, model } = this.#agent;
    const own = this.#options;
    const servers = { ...objectOf(own.mcpServers), ...this.#agent.mcpServers, ...mcpServers };
    const limits = [maxBudgetUsd, own.maxBudgetUsd].filter((usd) => usd !== undefined);
    const signals = [signal, own.abortSignal].filter((each) => each !== undefined);
    return {
      includePartialMessages: false,
      ...own,
      ...(systemPrompt !== undefined && { systemPrompt }),
      ...(tools && { tools }),
      ...(allowedTools && { allowedTools: [...(own.allowedTools ?? []), ...allowedTools] }),
      ...(model !== undefined && { model }),
      ...(Object.keys(servers).length > 0 && { mcpServers: servers }),
      ...(schema && { outputSchema: schema }),
      ...(limits.length > 0 && { maxBudgetUsd: Math.min(...limits) }),
      ...(signals.length > 0 && { abortSignal: AbortSignal.any(signals) }),
    };
  }
}

/** Whether code of this process may run while the query waits for it; the tools to talk with run no agents. */
function mayRunAgents({ mcpServers, hooks, canUseTool, onElicitation, onUserDialog }: QueryOptions): boolean {
  const servers = Object.entries(objectOf(mcpServers));
  const hasOwnTools = servers.some(([name, server]) => name !== TALK_SERVER && isInProcess(server));
  return hasOwnTools || [hooks, canUseTool, onElicitation, onUserDialog].some((each) => each !== undefined);
}

function objectOf(servers: ClaudeOptions["mcpServers"]): Readonly<Record<string, McpServerConfig>> {
  return typeof servers === "object" ? servers : {};
}

function textOf(content: readonly { readonly type: string; readonly text?: unknown }[]): string {
  return content
    .flatMap(({ type, text }) => (type === "text" && typeof text === "string" ? [text] : []))
    .join("\n");
}
