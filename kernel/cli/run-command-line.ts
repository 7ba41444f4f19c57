import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nearestName } from "../../src/options/nearest-name.js";
import { packageRoot } from "../package-root.js";
import { commands, findCommand } from "./commands.js";
import { formatHelp, formatOverview } from "./help.js";
import { parseArguments } from "./parse-arguments.js";
import { UsageError } from "./usage-error.js";

/**
 * Runs `claude-notebook ...argv`.
 * @returns the exit code.
 * @throws UsageError, HostError or whatever the command throws; `reportError` prints it.
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === "--help" || first === "-h") return print(formatOverview());
  if (first === "--version" || first === "-v") return print(`${packageVersion()}\n`);
  if (first === "help")
    return print(rest[0] === undefined ? formatOverview() : formatHelp(commandNamed(rest[0])));
  const command = commandNamed(first);
  const args = parseArguments(command, rest);
  return args.isSet("help") ? print(formatHelp(command)) : command.run(args);
}

function commandNamed(name: string): ReturnType<typeof findCommand> & object {
  const command = findCommand(name);
  if (command !== undefined) return command;
  const near = nearestName(
    name,
    commands.map((known) => known.name),
  );
  const what = name.startsWith("-") ? "option" : "command";
  throw new UsageError(`Unknown ${what} ${name}.${near === undefined ? "" : ` Did you mean ${near}?`}`);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string }).version;
}
