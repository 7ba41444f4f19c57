import {
  CLIConnectionError,
  CLIJSONDecodeError,
  type ClaudeSDKError,
  type ProcessEnd,
  ProcessError,
} from "./errors.js";
import type { TurnEnd } from "./turn.js";

/** What the CLI says on stderr before it gives up, and what the reader can do about it. */
const knownFailures: readonly { readonly says: RegExp; readonly hint: string }[] = [
  {
    says: /cannot be used with root\/sudo privileges/i,
    hint: 'As root, name the tools in `allowedTools`; or, inside a sandbox only, add `IS_SANDBOX: "1"` to the option `env`.',
  },
  {
    says: /unknown option/i,
    hint: "The CLI may be too old for this option: update it with `claude update`.",
  },
  { says: /not logged in|please run \/login/i, hint: "Run `claude` in a terminal and log in." },
];

/** Why a turn ended without a result. @param more hints beside those that follow from the end. */
export function turnFailure(end: TurnEnd, more: readonly string[] = []): ClaudeSDKError {
  const hints = [...hintsFor(end), ...more];
  const decodeError =
    end.unfinishedLine === undefined ? undefined : new CLIJSONDecodeError(end.unfinishedLine, { hints });
  if (end.signal || end.exitCode !== 0) {
    return new ProcessError(end, { cause: decodeError, hints });
  }
  return (
    decodeError ?? new CLIConnectionError(`The claude CLI ended without a result.${suffix(end)}`, { hints })
  );
}

function hintsFor({ stderr }: ProcessEnd): string[] {
  return knownFailures.filter(({ says }) => says.test(stderr)).map(({ hint }) => hint);
}

function suffix({ stderr }: ProcessEnd): string {
  return stderr.trim() ? ` It said:\n${stderr.trim()}` : "";
}
