import type { ClaudeCommandOptions } from "../../src/cli/run-claude.js";
import { CommandError } from "../../src/errors.js";
import type { DoctorContext } from "./doctor-context.js";

/**
 * Asks `claude` something that takes it a second or two.
 * @throws CommandError when there is no answer in time; and what `ask` throws.
 */
export async function askClaude<T>(
  command: string,
  ask: (options: ClaudeCommandOptions) => Promise<T>,
  { surroundings, cwd, answerMs }: DoctorContext,
): Promise<T> {
  const abortSignal = AbortSignal.timeout(answerMs);
  try {
    return await ask({ cwd, env: surroundings.env, abortSignal });
  } catch (cause) {
    if (!abortSignal.aborted) throw cause;
    throw new CommandError(command, `\`claude ${command}\` gives no answer within ${answerMs / 1000} s`, {
      cause,
      hints: [
        `Run \`claude ${command}\` in a terminal: if it hangs there too, install claude again`,
        "If another program is taken for claude, name the right one in CLAUDE_NOTEBOOK_CLAUDE",
      ],
    });
  }
}
