import type { OptionName } from "./normalise-options.js";
import { type CliArgument, type OptionRow, optionTable } from "./option-table.js";
import type { ClaudeOptions } from "./types.js";

/**
 * A session of JSON lines in both directions. Prompts are not here: they go in on stdin. Such a session needs no `--print`, with
 * which the CLI would take 50 ms longer to start.
 */
const baseArguments = [
  "--input-format",
  "stream-json",
  "--output-format",
  "stream-json",
  "--verbose",
] as const;

/** The arguments of the CLI for options that {@link normaliseOptions} has checked. */
export function cliArguments(options: ClaudeOptions): CliArgument[] {
  const { sandbox, ...others } = options;
  const settings = sandbox && { settings: { ...(options.settings as object | undefined), sandbox } };
  const complete = { includePartialMessages: isStreaming(options), ...others, ...settings };
  return [...baseArguments, ...collect(complete, (row, value) => row.args?.(value) ?? [])];
}

/** The variables that the CLI gets beside those of this process; the option `env` has the last word. */
export function cliEnvironment(options: ClaudeOptions): Record<string, string | undefined> {
  const own = collect(options, (row, value) => Object.entries(row.env?.(value) ?? {}));
  return { ...Object.fromEntries(own), ...options.env };
}

/** The fields of the request that opens the control protocol. */
export function initializeFields(options: ClaudeOptions): Record<string, unknown> {
  return Object.fromEntries(collect(options, (row, value) => Object.entries(row.initialize?.(value) ?? {})));
}

function isStreaming({ outputFormat }: ClaudeOptions): boolean {
  return outputFormat !== "text" && outputFormat !== "json";
}

function collect<T>(
  options: ClaudeOptions,
  pick: (row: OptionRow<never>, value: never) => readonly T[],
): T[] {
  return (Object.keys(optionTable) as OptionName[]).flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : pick(optionTable[name] as OptionRow<never>, value as never);
  });
}
