import type { ExecuteOptions } from "../../notebook/execute-notebook.js";
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
  param: {
    type: "string",
    short: "p",
    value: "NAME=VALUE",
    help: "Give a variable of the cell tagged parameters another value; may be repeated",
  },
  params: { type: "string", value: "FILE", help: "Parameters from a JSON or YAML file; --param wins" },
  from: {
    type: "string",
    value: "CELL",
    help: "Start at this cell: its number, id or tag; earlier ones keep their outputs",
  },
  until: { type: "string", value: "CELL", help: "End with this cell; later ones keep their outputs" },
};

/** What the options say. */
export type RunChoices = Pick<
  ExecuteOptions,
  "allowErrors" | "cellTimeoutMs" | "parametersFile" | "parameterTexts" | "from" | "until"
>;

/** @throws UsageError for a time that is none, or a parameter without a value. */
export function runOptionsOf(args: Arguments, command: string): RunChoices {
  const seconds = secondsOf(args, command);
  return {
    allowErrors: args.isSet("allow-errors"),
    cellTimeoutMs: seconds === undefined ? undefined : seconds * 1000,
    parameterTexts: parametersOf(args, command),
    parametersFile: args.text("params"),
    from: args.text("from"),
    until: args.text("until"),
  };
}

function secondsOf(args: Arguments, command: string): number | undefined {
  const text = args.text("timeout");
  const seconds = text === undefined ? undefined : Number(text);
  if (seconds !== undefined && !(seconds > 0 && seconds * 1000 < 2 ** 31)) {
    throw new UsageError(
      `--timeout takes a number of seconds above 0, not ${JSON.stringify(text)}.`,
      command,
    );
  }
  return seconds;
}

/** The last value of a name wins, as with options. */
function parametersOf(args: Arguments, command: string): Record<string, string> {
  const entries = args.list("param").map((text) => {
    const at = text.indexOf("=");
    if (at <= 0) {
      throw new UsageError(`--param takes NAME=VALUE, not ${JSON.stringify(text)}.`, command);
    }
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  return Object.fromEntries(entries);
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
