import type { OptionName } from "./normalise-options.js";
import { type CliArgument, type OptionRow, optionTable } from "./option-table.js";
import type { ClaudeOptions } from "./types.js";

/** One turn, as a stream of JSON lines. The prompt is not here: it goes in on stdin. */
const baseArguments = ["--print", "--output-format", "stream-json", "--verbose"] as const;

/** The arguments of the CLI for options that {@link normaliseOptions} has checked. */
export function cliArguments(options: ClaudeOptions): CliArgument[] {
  const complete = { includePartialMessages: true, ...options };
  const own = (Object.keys(optionTable) as OptionName[]).flatMap((name) => {
    const row = optionTable[name] as OptionRow<never>;
    const value = complete[name];
    return value === undefined || !row.args ? [] : row.args(value as never);
  });
  return [...baseArguments, ...own];
}
