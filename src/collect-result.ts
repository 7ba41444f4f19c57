import type { z } from "zod";
import { CLIConnectionError, ResultError } from "./errors.js";
import { isResultMessage } from "./messages/guards.js";
import type { Message, ResultMessage } from "./messages/types.js";
import type { QueryOptions } from "./options/types.js";
import type { Prompt } from "./prompt.js";
import { query } from "./query.js";
import { replayHints } from "./recording/recording-file.js";

/**
 * Reads a turn to its end and returns its result.
 *
 * @throws ResultError when the result is an error; CLIConnectionError when there is none; and what the stream throws.
 */
export async function collectResult(messages: AsyncIterable<Message>): Promise<ResultMessage> {
  let result: ResultMessage | undefined;
  for await (const message of messages) if (isResultMessage(message)) result = message;
  if (!result) throw new CLIConnectionError("The turn ended without a result.");
  if (result.is_error) throw new ResultError(result, { hints: replayHints(result) });
  return result;
}

/**
 * Asks Claude and returns the last text of its answer.
 *
 * @throws as {@link collectResult}
 * @example
 *     const answer = await queryText("What is 2 + 2?");
 */
export async function queryText(prompt: Prompt, options?: QueryOptions): Promise<string> {
  const result = await collectResult(query(prompt, options));
  return result.result ?? "";
}

/**
 * Asks Claude for an answer of the form of a zod schema, and returns what the schema's parser makes of it. An answer that
 * does not fit goes back to Claude with the problem, twice at most.
 *
 * @throws StructuredOutputError when no answer fits, and as {@link collectResult}
 * @example
 *     const cities = await queryObject("Three cities with their countries", z.array(z.object({ city: z.string(), country: z.string() })));
 */
export async function queryObject<Schema extends z.ZodType>(
  prompt: Prompt,
  schema: Schema,
  options?: QueryOptions,
): Promise<z.output<Schema>> {
  const result = await collectResult(query(prompt, { ...options, outputSchema: schema }));
  return result.structured_output as z.output<Schema>;
}
