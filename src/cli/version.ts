import { type ClaudeCommandOptions, claudeOf, commandError, runClaudeOrThrow } from "./run-claude.js";

/** Which `claude` there is. */
export interface ClaudeVersion {
  /** E.g. "2.1.197". */
  readonly version: string;
  /** The program, or the script that Node runs. */
  readonly path: string;
}

/**
 * The version of the CLI, and where it is.
 *
 * @throws CLINotFoundError, CLIConnectionError, CommandError
 */
export async function version(options: ClaudeCommandOptions = {}): Promise<ClaudeVersion> {
  const { file, args } = claudeOf(options);
  const result = await runClaudeOrThrow(["--version"], options);
  const found = /\d+\.\d+\.\d+[\w.-]*/.exec(result.stdout)?.[0];
  if (found === undefined) throw commandError(["--version"], result, options);
  return { version: found, path: args[0] ?? file };
}
