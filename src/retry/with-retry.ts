import type { Message } from "../messages/types.js";
import type { ClaudeOptions } from "../options/types.js";
import { markOrigin, type QueryOrigin } from "../origin.js";
import { resolveRetry } from "./retry-options.js";
import { retryTurn } from "./retry-turn.js";

/** The messages of a turn, run again as its option `retry` says. @param attempt starts the turn, and starts it anew. */
export function withRetry(
  attempt: () => AsyncGenerator<Message, void, void>,
  options: ClaudeOptions,
  origin: QueryOrigin,
  stop: AbortSignal,
): AsyncGenerator<Message, void, void> {
  const retry = resolveRetry(options.retry);
  if (!retry) return attempt();
  const begunAt = performance.now();
  const isQuiet = options.outputFormat === "text" || options.outputFormat === "json";
  return retryTurn(attempt, retry, stop, (message) =>
    isQuiet ? undefined : markOrigin(message, { query: origin, atMs: performance.now() - begunAt }),
  );
}
