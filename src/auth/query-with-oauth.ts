import type { QueryOptions } from "../options/types.js";
import { type QueryRequest, query } from "../query.js";
import type { Query } from "../query-run.js";

/**
 * Asks Claude as {@link query} does, by the claude.ai login alone: no API key of the environment is sent, and no other
 * provider is used. Reading it throws a NotLoggedInError when the CLI is not logged in.
 *
 * @example
 *     for await (const message of queryWithOAuth("Explain decorators")) console.log(message.type);
 */
export function queryWithOAuth(prompt: QueryRequest["prompt"], options?: QueryOptions): Query;
export function queryWithOAuth(request: QueryRequest): Query;
export function queryWithOAuth(first: QueryRequest["prompt"] | QueryRequest, second?: QueryOptions): Query {
  const isRequest = typeof first === "object" && first !== null && !(Symbol.asyncIterator in first);
  const { prompt, options } = isRequest ? (first as QueryRequest) : { prompt: first, options: second };
  return query({ prompt: prompt as QueryRequest["prompt"], options: { ...options, auth: "oauth" } });
}
