import { ClaudeSDKError } from "../../src/errors.js";
import { HostError } from "../host-error.js";
import { UsageError } from "./usage-error.js";

/** Set to anything: errors are shown with their stack and causes. */
const DEBUG = "CLAUDE_NOTEBOOK_DEBUG";

/** Prints an error on stderr: what failed, then what to do. @returns the exit code. */
export function reportError(error: unknown): number {
  if (process.env[DEBUG]) console.error(error);
  else for (const line of describeError(error)) process.stderr.write(`${line}\n`);
  return error instanceof UsageError ? 2 : 1;
}

/** What failed, then what to do: the lines that are printed. */
export function describeError(error: unknown): string[] {
  if (error instanceof UsageError) {
    const help =
      error.command === undefined ? "claude-notebook --help" : `claude-notebook help ${error.command}`;
    return [`claude-notebook: ${error.message}`, `  See \`${help}\`.`];
  }
  if (HostError.isInstance(error) || ClaudeSDKError.isInstance(error)) {
    return [`claude-notebook: ${error.message}`, ...error.hints.map((hint) => `  ${hint}`)];
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return [
    `claude-notebook: unexpected error: ${message}`,
    `  Run it again with ${DEBUG}=1 to see where; it may be a fault of claude-notebook.`,
  ];
}
