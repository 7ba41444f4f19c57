import type { Message } from "../messages/types.js";
import type { ClaudeOptions } from "../options/types.js";
import { markOrigin, type QueryOrigin } from "../origin.js";
import { resolveRetry } from "./retry-options.js";
import { retryTurn } from "./retry-turn.js";

/**
 * The messages of a turn, run again as its option `retry` says.
 *
 * @param attempt starts the turn, and starts it anew.
 * @param onLast called when no further attempt will come, be it that Claude has begun to answer.
 */
export function withRetry(
  attempt: () => AsyncGenerator<Message, void, void>,
  options: ClaudeOptions,
  origin: QueryOrigin,
  stop: AbortSignal,
  onLast: () => void = () => {},
): AsyncGenerator<Message, void, void> {
  const retry = resolveRetry(options.retry);
  if (!retry) {
    const messages = attempt();
    onLast();
    return messages;
  }
  const begunAt = performance.now();
  const isQuiet = options.outputFormat === "text" || options.outputFormat === "json";
  const announce = (message: Message): Message | undefined =>
    isQuiet ? undefined : markOrigin(message, { query: origin, atMs: performance.now() - begunAt });
  return retryTurn(attempt, retry, stop, announce, onLast);
}
