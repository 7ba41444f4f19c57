import { normaliseOptions } from "./normalise-options.js";
import type { ClaudeOptions, QueryOptions } from "./types.js";

/** The options of a query under the name that the Python SDK gave them. */
export type ClaudeCodeOptions = QueryOptions;

/**
 * Checks options where they are written, and brings them to their own names.
 *
 * @throws InvalidOptionsError
 * @example
 *     const options = ClaudeCodeOptions({ max_turns: 3, allowed_tools: ["Read"] });
 */
export function ClaudeCodeOptions(options: QueryOptions = {}): ClaudeOptions {
  return normaliseOptions(options);
}
