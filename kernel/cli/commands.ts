import type { Command } from "./command.js";
import { exportCommand } from "./commands/export.js";
import { installCommand } from "./commands/install.js";
import { runCommand } from "./commands/run.js";
import { uninstallCommand } from "./commands/uninstall.js";

/** The commands, in the order in which the help lists them. */
export const commands: readonly Command[] = [installCommand, uninstallCommand, runCommand, exportCommand];

export function findCommand(name: string): Command | undefined {
  return commands.find((command) => command.name === name);
}
