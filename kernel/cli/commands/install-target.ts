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
  name: {
    type: "string",
    value: "NAME",
    help: "The kernel's name, to have several (default: claude-notebook)",
  },
  prefix: { type: "string", value: "DIR", help: "In DIR/share/jupyter" },
};

/** @throws UsageError when two places are named. */
export function targetOf(args: Arguments, command: string): InstallTarget {
  const named = ["user", "sys-prefix", "prefix"].filter((place) => args.isSet(place));
  if (named.length > 1) {
    throw new UsageError(`Choose one of ${named.map((place) => `--${place}`).join(" and ")}.`, command);
  }
  return {
    name: args.text("name"),
    user: args.isSet("user"),
    sysPrefix: args.isSet("sys-prefix"),
    prefix: args.text("prefix"),
  };
}
