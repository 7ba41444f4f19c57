import type { Command, CommandGroup, Option } from "./command.js";
import { commands } from "./commands.js";
import { optionsOf } from "./parse-arguments.js";

/** What `claude-notebook --help` prints. */
export function formatOverview(): string {
  return `Claude Code in TypeScript notebooks.

Usage: claude-notebook COMMAND [OPTIONS]

Commands:
${table(commands.map(({ name, summary }) => [name, summary]))}

Options:
${table([
  ["-h, --help", "Show this help; with a command, its help"],
  ["-v, --version", "Show the version"],
])}

\`claude-notebook help COMMAND\` tells more about a command.
`;
}

/** What `claude-notebook COMMAND --help` prints. */
export function formatHelp(command: Command | CommandGroup): string {
  return "commands" in command ? formatGroup(command) : formatCommand(command);
}

function formatGroup({ name, summary, commands }: CommandGroup): string {
  return `${summary}.

Usage: claude-notebook ${name} COMMAND

Commands:
${table(commands.map((command) => [command.name.slice(name.length + 1), command.summary]))}
`;
}

function formatCommand(command: Command): string {
  const { name, positionals, optionalPositional, rest = "[OPTIONS]" } = command;
  const optional = optionalPositional === undefined ? [] : [`[${optionalPositional}]`];
  const usage = ["claude-notebook", name, ...positionals, ...optional, rest].join(" ");
  const notes = command.notes === undefined ? "" : `\n${command.notes.join("\n")}\n`;
  const options = Object.entries(optionsOf(command)).map(([name, option]) => [
    flags(name, option),
    option.help,
  ]);
  return `${command.summary}.\n\nUsage: ${usage}\n${notes}\nOptions:\n${table(options)}\n`;
}

function flags(name: string, { short, value }: Option): string {
  return `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([left = ""]) => left.length));
  return rows.map(([left = "", right = ""]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
