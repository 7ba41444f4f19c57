import type { Magic } from "./magic.js";
import { runCommand, shells } from "./run-command.js";

/** `!command`. */
export const shellMagic: Magic = {
  name: "!",
  usage: "!COMMAND",
  summary: "Run a command in the shell",
  runLine: ({ args, cell }) => runCommand(args, cell),
};

/** A cell as a script of bash. */
export const bashMagic: Magic = {
  name: "bash",
  usage: "%%bash",
  summary: "Run the cell with bash",
  async runCell({ body, cell }) {
    await runCommand(body, cell, shells.bash);
    return undefined;
  },
};

/** A cell as a script of the system's shell. */
export const shMagic: Magic = {
  name: "sh",
  usage: "%%sh",
  summary: "Run the cell with sh",
  async runCell({ body, cell }) {
    await runCommand(body, cell, shells.sh);
    return undefined;
  },
};
