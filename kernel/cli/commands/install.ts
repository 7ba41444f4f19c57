import type { Command } from "../command.js";
import { targetOf, targetOptions } from "./install-target.js";

export const installCommand: Command = {
  name: "install",
  summary: "Install the kernel, so that Jupyter offers TypeScript (Claude)",
  positionals: [],
  options: targetOptions,
  notes: [
    "Prints the folder of the kernelspec. Needs no Python. Run it again after Node or claude-notebook moved.",
  ],
  run: async (args) => {
    const { installKernel } = await import("../../install/install-kernel.js");
    const folder = await installKernel(targetOf(args, "install"));
    process.stdout.write(`${folder}\n`);
    return 0;
  },
};
