import type { ResultMessage } from "../../src/messages/types.js";
import { originOf } from "../../src/origin.js";
import type { FooterPart } from "./parts.js";

/** The footer of a turn: its figures as the CLI counted them. */
export function footerOf(result: ResultMessage, id: string): FooterPart {
  const { usage } = result;
  const cached = usage?.cache_read_input_tokens ?? 0;
  const input = (usage?.input_tokens ?? 0) + (usage?.cache_creation_input_tokens ?? 0) + cached;
  return {
    id,
    type: "footer",
    state: result.is_error ? "failed" : "done",
    turns: result.num_turns,
    durationMs: result.duration_ms,
    costUsd: result.total_cost_usd,
    ...(usage ? { inputTokens: input, outputTokens: usage.output_tokens, cacheReadTokens: cached } : {}),
    replayed: originOf(result)?.query.replayed ?? false,
  };
}
