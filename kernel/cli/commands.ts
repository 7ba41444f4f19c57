import type { Command, CommandGroup } from "./command.js";
import { authCommands } from "./commands/auth.js";
import { claudeCommands } from "./commands/claude.js";
import { exportCommand } from "./commands/export.js";
import { installCommand } from "./commands/install.js";
import { newCommand } from "./commands/new.js";
import { runCommand } from "./commands/run.js";
import { serveCommand } from "./commands/serve.js";
import { uninstallCommand } from "./commands/uninstall.js";

/** The commands, in the order in which the help lists them. */
export const commands: readonly (Command | CommandGroup)[] = [
  installCommand,
  uninstallCommand,
  newCommand,
  runCommand,
  exportCommand,
  serveCommand,
  authCommands,
  claudeCommands,
];
