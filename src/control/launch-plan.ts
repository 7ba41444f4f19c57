import { launchEnvironment, launchOptions } from "../auth/launch-environment.js";
import { CLINotFoundError } from "../errors.js";
import { cliArguments, cliEnvironment, initializeFields } from "../options/cli-arguments.js";
import type { CliArgument } from "../options/option-table.js";
import { requireFolder } from "../options/resolve-cwd.js";
import type { ClaudeOptions } from "../options/types.js";
import { type FoundClaude, findClaude, isScript } from "../process/find-claude.js";
import type { SpawnClaudeCodeProcess } from "../process/spawned-process.js";
import type { SessionStore, SessionStoreFlush } from "../session-store/session-store.js";
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
  /** Starts the CLI in place of this computer. */
  readonly spawn?: SpawnClaudeCodeProcess | undefined;
  /** Who the CLI runs as. */
  readonly user?: string | number | undefined;
  /** The longest line that is accepted of it, in bytes. */
  readonly maxLineBytes?: number | undefined;
  /** Gets a copy of the transcript. */
  readonly mirror?: { readonly store: SessionStore; readonly flush: SessionStoreFlush } | undefined;
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
  const { spawnClaudeCodeProcess: spawn, user, maxBufferSize: maxLineBytes } = options;
  const { sessionStore, sessionStoreFlush = "batched" } = options;
  // Where somebody else starts the CLI, its folder and its program are not to be looked for here.
  if (!spawn) requireFolder(cwd);
  const env = launchEnvironment(options, cliEnvironment(options));
  const claude = spawn ? namedProgram(options) : findInstalled(options, env, notFoundHint);
  const hasScript = claude.args.length > 0;
  return {
    file: (hasScript && options.executable) || claude.file,
    leadingArgs: hasScript ? [...(options.executableArgs ?? []), ...claude.args] : [],
    args: cliArguments(launchOptions(options)),
    cwd,
    env,
    spawn,
    user,
    maxLineBytes,
    mirror: sessionStore && { store: sessionStore, flush: sessionStoreFlush },
    initialize: initializeFields(options),
  };
}

/** The program that a CLI elsewhere is started by; a script runs in the Node that is found there. */
function namedProgram({ pathToClaudeCodeExecutable: path = "claude" }: ClaudeOptions): FoundClaude {
  return isScript(path) ? { file: "node", args: [path] } : { file: path, args: [] };
}

function findInstalled(
  options: ClaudeOptions,
  env: LaunchPlan["env"],
  notFoundHint: string | undefined,
): FoundClaude {
  try {
    return findClaude({ given: options.pathToClaudeCodeExecutable, env: { ...process.env, ...env } });
  } catch (error) {
    if (!CLINotFoundError.isInstance(error) || notFoundHint === undefined) throw error;
    throw new CLINotFoundError(`${error.message} Nor is this turn recorded.`, {
      triedPaths: error.triedPaths,
      cause: error,
      hints: [...error.hints, notFoundHint],
    });
  }
}
