import type { InstallTarget } from "../../install/kernel-folder.js";
import type { Arguments, Option } from "../command.js";
import { UsageError } from "../usage-error.js";

/** Where a kernelspec is, for the commands that put or remove one. */
export const targetOptions: Readonly<Record<string, Option>> = {
  user: { type: "boolean", help: "For you: every Jupyter of yours finds it (the default)" },
  "sys-prefix": {
    type: "boolean",
    help: "In the active Python environment, or that of the jupyter on PATH",
  },
  prefix: { type: "string", value: "DIR", help: "In DIR/share/jupyter/kernels" },
};

/** @throws UsageError when two places are named. */
export function targetOf(args: Arguments, command: string): InstallTarget {
  const named = Object.keys(targetOptions).filter((name) => args.isSet(name));
  if (named.length > 1) {
    throw new UsageError(`Choose one of ${named.map((name) => `--${name}`).join(" and ")}.`, command);
  }
  return { user: args.isSet("user"), sysPrefix: args.isSet("sys-prefix"), prefix: args.text("prefix") };
}
