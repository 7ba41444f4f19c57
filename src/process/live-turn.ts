import { CLINotFoundError } from "../errors.js";
import { cliArguments } from "../options/cli-arguments.js";
import { requireFolder } from "../options/resolve-cwd.js";
import { MODE_VARIABLE } from "../recording/recording-mode.js";
import type { TurnEvent } from "../turn.js";
import type { TurnPlan } from "../turn-plan.js";
import { type ClaudeProcess, startClaudeProcess } from "./claude-process.js";
import { type FoundClaude, findClaude } from "./find-claude.js";
import { onAbort } from "./on-abort.js";
import { writePrivateFiles } from "./private-files.js";

/** A turn at work: its process id, and what ends it. */
export type RunningTurn = Pick<ClaudeProcess, "pid" | "end">;

/**
 * Runs a turn on the CLI. However the generator is left, nothing of the turn is running afterwards.
 *
 * @param stop ends the turn; its reason is thrown.
 * @param onStart is told the process.
 * @throws CLINotFoundError, CLIConnectionError, CLIJSONDecodeError, and what `stop` was given.
 */
export async function* runLiveTurn(
  plan: TurnPlan,
  stop: AbortSignal,
  onStart: (running: RunningTurn) => void,
): AsyncGenerator<TurnEvent, void> {
  const { options, cwd } = plan;
  requireFolder(cwd);
  const claude = findInstalled(plan);
  const { args, remove } = await writePrivateFiles(cliArguments(options));
  try {
    stop.throwIfAborted();
    const running = await startClaudeProcess({
      file: claude.file,
      args: [...claude.args, ...args],
      cwd,
      env: options.env ?? {},
      input: plan.prompt,
    });
    onStart(running);
    const ignoreStop = onAbort(stop, (reason) => {
      running.fail(reason);
      // At once, and not only when the reader comes back for the next message.
      void running.end();
    });
    try {
      yield* running.lines;
      yield await running.ended;
    } finally {
      ignoreStop();
      await running.end();
    }
  } finally {
    await remove();
  }
}

function findInstalled({ options, cwd, recordingPath, mode }: TurnPlan): FoundClaude {
  try {
    return findClaude({
      given: options.pathToClaudeCodeExecutable,
      cwd,
      env: { ...process.env, ...options.env },
    });
  } catch (error) {
    if (!CLINotFoundError.isInstance(error) || mode !== "auto") throw error;
    throw new CLINotFoundError(`${error.message} Nor is this turn recorded.`, {
      triedPaths: error.triedPaths,
      cause: error,
      hints: [
        ...error.hints,
        `Or replay: this turn's recording would be \`${recordingPath}\`; make it where the CLI is installed, with \`${MODE_VARIABLE}=record\`.`,
      ],
    });
  }
}
