import { writeSync } from "node:fs";
import { InvalidOptionsError } from "../errors.js";
import { type Logger, type LogLevel, logLevels } from "./logger.js";

/** Names the least level that is logged to stderr when a query has no `logger`. */
export const LOG_VARIABLE = "CLAUDE_NOTEBOOK_LOG";

/** pino's numbers for the levels, so that its tools read our lines. */
const levelNumbers: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

/**
 * The logger that CLAUDE_NOTEBOOK_LOG asks for: one JSON line for each entry, in pino's format, on stderr.
 *
 * @returns undefined when the variable is unset, empty, `off` or `silent`.
 * @throws InvalidOptionsError for a level that does not exist.
 */
export function environmentLogger(
  env: Readonly<Record<string, string | undefined>>,
  write: (line: string) => void = writeToStderr,
): Logger | undefined {
  const level = env[LOG_VARIABLE]?.trim().toLowerCase() ?? "";
  if (level === "" || level === "off" || level === "silent") return undefined;
  const least = logLevels.indexOf(level as LogLevel);
  if (least === -1) {
    const message = `${LOG_VARIABLE} cannot be ${JSON.stringify(level)}: it is one of ${logLevels.join(", ")} and off.`;
    throw new InvalidOptionsError(LOG_VARIABLE, level, message);
  }
  const method =
    (own: LogLevel) =>
    (facts: object | string, message?: string): void => {
      if (logLevels.indexOf(own) < least) return;
      const entry = typeof facts === "string" ? { msg: facts } : { ...facts, msg: message };
      write(
        `${JSON.stringify({ level: levelNumbers[own], time: Date.now(), name: "claude-notebook", ...entry })}\n`,
      );
    };
  return { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error") };
}

/** To the descriptor: `process.stderr` of a kernel belongs to its cells. */
function writeToStderr(line: string): void {
  try {
    writeSync(2, line);
  } catch {
    // The reader of our stderr has gone or is slow: a log line is not worth a failed turn.
  }
}
