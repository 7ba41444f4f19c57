import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nearestName } from "../../src/options/nearest-name.js";
import { packageRoot } from "../package-root.js";
import type { Command, CommandGroup } from "./command.js";
import { commands } from "./commands.js";
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
    return print(rest[0] === undefined ? formatOverview() : formatHelp(locate(rest).command));
  const { command, argv: own } = locate(argv);
  if ("commands" in command) return own.length > 0 ? print(formatHelp(command)) : missingCommand(command);
  const args = parseArguments(command, own);
  return args.isSet("help") ? print(formatHelp(command)) : command.run(args);
}

/** The command that is meant, and what follows its name. A group itself is meant when only help is asked for. */
function locate(argv: readonly string[]): {
  readonly command: Command | CommandGroup;
  readonly argv: readonly string[];
} {
  const [name = "", ...rest] = argv;
  const command = named(name, commands);
  const [second] = rest;
  if (!("commands" in command) || second === undefined || second === "--help" || second === "-h") {
    return { command, argv: rest };
  }
  return { command: named(second, command.commands, command.name), argv: rest.slice(1) };
}

function named<C extends Command | CommandGroup>(name: string, among: readonly C[], group?: string): C {
  const prefix = group === undefined ? "" : `${group} `;
  const command = among.find((known) => known.name === `${prefix}${name}`);
  if (command !== undefined) return command;
  const near = nearestName(
    name,
    among.map((known) => known.name.slice(prefix.length)),
  );
  const what = name.startsWith("-") ? "option" : "command";
  const advice = near === undefined ? "" : ` Did you mean ${prefix}${near}?`;
  throw new UsageError(`Unknown ${what} ${prefix}${name}.${advice}`, group);
}

function missingCommand({ name, commands: known }: CommandGroup): never {
  const names = known.map((command) => command.name.slice(name.length + 1)).join(", ");
  throw new UsageError(`${name} needs a command: ${names}.`, name);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string }).version;
}
