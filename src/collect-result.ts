import { CLIConnectionError, ResultError } from "./errors.js";
import { isResultMessage } from "./messages/guards.js";
import type { Message, ResultMessage } from "./messages/types.js";
import type { QueryOptions } from "./options/types.js";
import { query } from "./query.js";

/**
 * Reads a turn to its end and returns its result.
 *
 * @throws ResultError when the result is an error; CLIConnectionError when there is none; and what the stream throws.
 */
export async function collectResult(messages: AsyncIterable<Message>): Promise<ResultMessage> {
  let result: ResultMessage | undefined;
  for await (const message of messages) if (isResultMessage(message)) result = message;
  if (!result) throw new CLIConnectionError("The turn ended without a result.");
  if (result.is_error) throw new ResultError(result);
  return result;
}

/**
 * Asks Claude and returns the last text of its answer.
 *
 * @throws as {@link collectResult}
 * @example
 *     const answer = await queryText("What is 2 + 2?");
 */
export async function queryText(prompt: string, options?: QueryOptions): Promise<string> {
  const result = await collectResult(query(prompt, options));
  return result.result ?? "";
}
