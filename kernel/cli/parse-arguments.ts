import { parseArgs } from "node:util";
import { nearestName } from "../../src/options/nearest-name.js";
import type { Arguments, Command, Option } from "./command.js";
import { UsageError } from "./usage-error.js";

/** Every command has it. */
const help: Option = { type: "boolean", short: "h", help: "Show this help" };

/** The options of a command with those that all have. */
export function optionsOf(command: Command): Readonly<Record<string, Option>> {
  return { ...command.options, help };
}

/**
 * Parses what follows the command's name.
 * @throws UsageError for an unknown option (naming the nearest), a missing value, too few or too many arguments.
 */
export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  if (command.rest !== undefined) return passOn(argv);
  const options = optionsOf(command);
  const fail = (message: string): never => {
    throw new UsageError(message, command.name);
  };
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type, short }]) => [
        name,
        short === undefined ? { type } : { type, short },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) {
      const near = nearestName(token.name, Object.keys(options));
      fail(`Unknown option ${token.rawName}.${near === undefined ? "" : ` Did you mean --${near}?`}`);
    } else if (option.type === "string" && !token.value) {
      fail(`${token.rawName} needs a value: ${token.rawName} ${option.value ?? "VALUE"}.`);
    } else if (option.type === "boolean" && token.value !== undefined) {
      fail(`${token.rawName} takes no value.`);
    }
  }
  const isSet = (name: string): boolean => values[name] !== undefined;
  if (!isSet("help")) checkPositionals(withOptional(command, positionals.length), positionals, fail);
  return {
    positionals,
    isSet,
    text: (name) => {
      const value = values[name];
      return typeof value === "string" ? value : undefined;
    },
    list: (name) =>
      tokens.flatMap((token) =>
        token.kind === "option" && token.name === name && token.value !== undefined ? [token.value] : [],
      ),
  };
}

/** The arguments of a command that hands them to another program: only a lone `--help` is for us. */
function passOn(argv: readonly string[]): Arguments {
  const isHelp = argv.length === 1 && (argv[0] === "--help" || argv[0] === "-h");
  return {
    positionals: argv,
    isSet: (name) => name === "help" && isHelp,
    text: () => undefined,
    list: () => [],
  };
}

/** The command with the argument that may be left out, when so many are given that it is there. */
function withOptional(command: Command, given: number): Command {
  const { positionals, optionalPositional } = command;
  if (optionalPositional === undefined || given <= positionals.length) return command;
  return { ...command, positionals: [...positionals, optionalPositional] };
}

function checkPositionals(
  command: Command,
  given: readonly string[],
  fail: (message: string) => never,
): void {
  const missing = command.positionals[given.length];
  if (missing !== undefined)
    fail(`${missing.replace(/\.\.\.$/, "")} is missing: claude-notebook ${command.name} ${missing}.`);
  const extra = given[command.positionals.length];
  const isOpen = command.positionals.at(-1)?.endsWith("...") ?? false;
  if (!isOpen && extra !== undefined) fail(`Unexpected argument ${JSON.stringify(extra)}.`);
}
