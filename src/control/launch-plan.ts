import { launchEnvironment, launchOptions } from "../auth/launch-environment.js";
import { CLINotFoundError } from "../errors.js";
import { cliArguments, cliEnvironment, initializeFields } from "../options/cli-arguments.js";
import type { CliArgument } from "../options/option-table.js";
import { requireFolder } from "../options/resolve-cwd.js";
import type { ClaudeOptions } from "../options/types.js";
import { findClaude } from "../process/find-claude.js";
import type { Fields } from "./control-channel.js";

/** Everything that decides how a CLI is started; two equal plans start the same CLI. */
export interface LaunchPlan {
  readonly file: string;
  /** Come before all others, e.g. the script that a Node runs. */
  readonly leadingArgs: readonly string[];
  readonly args: readonly CliArgument[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The `initialize` request, without its subtype. */
  readonly initialize: Fields;
}

/**
 * Decides how the CLI is started for options that {@link normaliseOptions} has checked.
 *
 * @param notFoundHint added to the error of a CLI that is not there.
 * @throws CLINotFoundError, InvalidOptionsError for a `cwd` that is no folder or a `provider` without its variables.
 */
export function planLaunch(options: ClaudeOptions, cwd: string, notFoundHint?: string): LaunchPlan {
  requireFolder(cwd);
  const env = launchEnvironment(options, cliEnvironment(options));
  const claude = findInstalled(options, cwd, env, notFoundHint);
  const isScript = claude.args.length > 0;
  return {
    file: (isScript && options.executable) || claude.file,
    leadingArgs: isScript ? [...(options.executableArgs ?? []), ...claude.args] : [],
    args: cliArguments(launchOptions(options)),
    cwd,
    env,
    initialize: initializeFields(options),
  };
}

function findInstalled(
  options: ClaudeOptions,
  cwd: string,
  env: LaunchPlan["env"],
  notFoundHint: string | undefined,
): ReturnType<typeof findClaude> {
  try {
    return findClaude({ given: options.pathToClaudeCodeExecutable, cwd, env: { ...process.env, ...env } });
  } catch (error) {
    if (!CLINotFoundError.isInstance(error) || notFoundHint === undefined) throw error;
    throw new CLINotFoundError(`${error.message} Nor is this turn recorded.`, {
      triedPaths: error.triedPaths,
      cause: error,
      hints: [...error.hints, notFoundHint],
    });
  }
}
