import { ClaudeSDKError } from "../../src/errors.js";
import { bold, red } from "../ansi.js";
import { formatCodeFrame } from "../compile/code-frame.js";
import { formatHint } from "../compile/hints.js";
import { inspectText } from "../display/inspect-text.js";
import { MagicError } from "../magics/magic.js";
import { isInterrupt, KeyboardInterrupt } from "./cell.js";
import { hintsForError } from "./error-hints.js";
import type { StackTraces } from "./stack-traces.js";

/** The content of an `error` message and of an error reply. @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#execution-errors */
export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Causes shown below an error; a cycle ends here too. */
const MAX_CAUSES = 5;

/**
 * Says what was thrown and where in the user's cells. Errors of the SDK are told by their message and the user's own
 * frames: how the SDK came to throw them helps nobody.
 */
export function describeError(thrown: unknown, stacks: StackTraces): ErrorContent {
  try {
    return describeThrown(thrown, stacks);
  } catch {
    // A getter of its own that throws, a message that is no text: code can throw anything.
    const evalue = "Something was thrown that cannot be described: reading it throws as well.";
    return { ename: "Thrown", evalue, traceback: [`${bold(red("Thrown"))}: ${evalue}`] };
  }
}

function describeThrown(thrown: unknown, stacks: StackTraces): ErrorContent {
  if (isInterrupt(thrown)) {
    const { name, message } = new KeyboardInterrupt();
    return { ename: name, evalue: message, traceback: [red(name)] };
  }
  if (!isErrorLike(thrown)) {
    const text = inspectText(thrown);
    return { ename: "Thrown", evalue: text, traceback: [`${bold(red("Thrown"))}: ${text}`] };
  }
  const ename = String(thrown.name ?? "Error");
  const evalue = String(thrown.message ?? "");
  return { ename, evalue, traceback: formatTraceback(thrown, stacks, 0) };
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack: string;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Errors of another realm or of a library's own making count too. */
function isErrorLike(value: unknown): value is ErrorLike {
  return typeof (value as ErrorLike | null | undefined)?.stack === "string";
}

/** @param outer the frames of the error that this one is the cause of. */
function formatTraceback(
  error: ErrorLike,
  stacks: StackTraces,
  depth: number,
  outer: readonly string[] = [],
): string[] {
  const isMagic = error instanceof MagicError;
  const isOurs = isMagic || ClaudeSDKError.isInstance(error);
  const { head, arrow, frames, place } = stacks.map(error.stack, isOurs);
  const name = String(error.name ?? "Error");
  // The stack keeps the message of when the error was made; the message may have been changed since.
  const title = head.includes(String(error.message)) ? head : `${name}: ${error.message}`;
  const lines = [title.startsWith(name) ? bold(red(name)) + title.slice(name.length) : title];
  // The message says what to do (with the panel above an error of the SDK): how it came about helps nobody.
  if (isOurs) return depth === 0 && !isMagic ? [...lines, ...frames] : lines;
  if (place && place.code !== "" && depth === 0) lines.push("", formatCodeFrame(place.code, place), "");
  // A file that does not parse has no frame: the arrow alone says where.
  if (arrow !== undefined && error.name === "SyntaxError") lines.push(arrow, "");
  lines.push(...withoutShared(frames, outer));
  if (depth === 0) lines.push(...hintsForError(error).map(formatHint));
  if (depth >= MAX_CAUSES) return lines;
  const nested = [
    ...(error.cause === undefined ? [] : [["Caused by: ", error.cause] as const]),
    ...(Array.isArray(error.errors)
      ? error.errors.map((each) => ["One of its errors: ", each] as const)
      : []),
  ];
  for (const [prefix, cause] of nested) {
    const [first = "", ...rest] = isErrorLike(cause)
      ? formatTraceback(cause, stacks, depth + 1, frames)
      : [inspectText(cause)];
    lines.push(prefix + first, ...rest);
  }
  return lines;
}

/** The frames of a cause without those at its end that the error above has shown. */
function withoutShared(frames: readonly string[], outer: readonly string[]): string[] {
  let shared = 0;
  while (shared < frames.length && frames.at(-1 - shared) === outer.at(-1 - shared)) shared++;
  return frames.slice(0, frames.length - shared);
}
