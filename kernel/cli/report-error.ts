import { ClaudeSDKError } from "../../src/errors.js";
import { HostError } from "../host-error.js";
import { plainText } from "../plain-text.js";
import { DEBUG, printStack } from "../print-stack.js";
import { UsageError } from "./usage-error.js";

/** Prints an error on stderr: what failed, then what to do. @returns the exit code. */
export function reportError(error: unknown): number {
  if (process.env[DEBUG]) printStack(error);
  else for (const line of describeError(error)) process.stderr.write(`${line}\n`);
  return error instanceof UsageError ? 2 : 1;
}

/** What failed, then what to do: the lines that are printed. What a server said may stand in them, so nothing steers the terminal. */
export function describeError(error: unknown): string[] {
  return linesOf(error).map(plainText);
}

function linesOf(error: unknown): string[] {
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
