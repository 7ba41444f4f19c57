import type { Command } from "../command.js";
import { targetOf, targetOptions } from "./install-target.js";

export const uninstallCommand: Command = {
  name: "uninstall",
  summary: "Remove the kernel from where it was installed",
  positionals: [],
  options: targetOptions,
  run: async (args) => {
    const { uninstallKernel } = await import("../../install/uninstall-kernel.js");
    const { folder, removed } = await uninstallKernel(targetOf(args, "uninstall"));
    process.stdout.write(removed ? `${folder}\n` : "");
    if (!removed) process.stderr.write(`There is no kernelspec at ${folder}.\n`);
    return 0;
  },
};
