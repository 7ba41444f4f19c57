import type { Arguments, Option } from "../command.js";
import { UsageError } from "../usage-error.js";

/** The options of the commands that run cells. */
export const runOptions: Readonly<Record<string, Option>> = {
  "allow-errors": { type: "boolean", help: "Go on after a cell that fails" },
  timeout: {
    type: "string",
    value: "SECONDS",
    help: "Interrupt a cell that runs longer (default: no limit)",
  },
};

/** @throws UsageError for a time that is none. */
export function runOptionsOf(
  args: Arguments,
  command: string,
): { allowErrors: boolean; cellTimeoutMs: number | undefined } {
  const text = args.text("timeout");
  const seconds = text === undefined ? undefined : Number(text);
  if (seconds !== undefined && !(seconds > 0 && seconds * 1000 < 2 ** 31)) {
    throw new UsageError(
      `--timeout takes a number of seconds above 0, not ${JSON.stringify(text)}.`,
      command,
    );
  }
  return {
    allowErrors: args.isSet("allow-errors"),
    cellTimeoutMs: seconds === undefined ? undefined : seconds * 1000,
  };
}

/** @throws UsageError for a number of jobs that is none. */
export function jobsOf(args: Arguments): number | undefined {
  const text = args.text("jobs");
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new UsageError(`--jobs takes a whole number from 1 to 9999, not ${JSON.stringify(text)}.`, "run");
  }
  return Number(text);
}
