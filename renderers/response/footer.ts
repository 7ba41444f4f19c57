import type { AssistantMessage, ResultMessage, SystemMessage, Usage } from "../../src/messages/types.js";
import { originOf } from "../../src/origin.js";
import { arrayField, fieldOf, numberField, stringField } from "../panels/read-value.js";
import type { FooterPart, SessionInfo } from "./parts.js";

/** What a turn has told before its end that its footer repeats. */
export interface TurnFacts {
  readonly session?: SessionInfo | undefined;
  /** Claude's own last answer, not a subagent's: its usage is what stands in the context. */
  readonly lastAnswer?: AssistantMessage | undefined;
}

/** The footer of a turn: its figures as the CLI counted them. */
export function footerOf(result: ResultMessage, id: string, facts: TurnFacts = {}): FooterPart {
  const { usage } = result;
  const origin = originOf(result)?.query;
  const contextTokens = tokensIn(facts.lastAnswer?.message.usage);
  const contextWindow = windowOf(result, facts.lastAnswer?.message.model ?? facts.session?.model);
  return {
    id,
    type: "footer",
    state: result.is_error ? "failed" : "done",
    turns: result.num_turns,
    durationMs: result.duration_ms,
    costUsd: result.total_cost_usd,
    ...(usage
      ? {
          inputTokens: inputTokens(usage),
          outputTokens: usage.output_tokens,
          cacheReadTokens: usage.cache_read_input_tokens ?? 0,
        }
      : {}),
    ...(contextTokens && contextWindow ? { contextTokens, contextWindow } : {}),
    ...(facts.session ? { session: facts.session } : {}),
    replayed: origin?.replayed ?? false,
    ...(origin?.recordingPath !== undefined && { recording: recordingName(origin.recordingPath) }),
  };
}

/** The file without its folder, which is another on each machine. */
function recordingName(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.jsonl$/, "");
}

/** All input of an answer: new, written to the cache and read from it. */
function inputTokens(usage: Usage): number {
  const cached = (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
  return (usage.input_tokens ?? 0) + cached;
}

function tokensIn(usage: Usage | undefined): number {
  return usage ? inputTokens(usage) + (usage.output_tokens ?? 0) : 0;
}

/** How many tokens the model takes, as the result says for each model it used. */
function windowOf(result: ResultMessage, model: string | undefined): number | undefined {
  const models = fieldOf(result, "modelUsage");
  const windows = Object.entries(typeof models === "object" && models !== null ? models : {}).map(
    ([name, facts]) => ({ name, size: numberField(facts, "contextWindow") }),
  );
  const own = windows.find(({ name }) => model !== undefined && name.startsWith(model));
  return (own ?? (windows.length === 1 ? windows[0] : undefined))?.size;
}

/** What `system/init` says of the session; the working folder stays out, notebooks are handed on. */
export function sessionOf(message: SystemMessage): SessionInfo {
  const servers = arrayField(message, "mcp_servers") ?? [];
  const texts = (values: readonly unknown[]): string[] => values.filter((v) => typeof v === "string");
  const optional = {
    id: "session_id",
    model: "model",
    version: "claude_code_version",
    permissionMode: "permissionMode",
  };
  const named = Object.entries(optional).flatMap(([key, field]) => {
    const value = stringField(message, field);
    return value === undefined ? [] : [[key, value]];
  });
  return {
    ...Object.fromEntries(named),
    tools: texts(arrayField(message, "tools") ?? []),
    mcpServers: servers.flatMap((server) => {
      const name = stringField(server, "name");
      return name === undefined ? [] : [{ name, status: stringField(server, "status") ?? "unknown" }];
    }),
  };
}
