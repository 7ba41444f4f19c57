import { ENGINE_NAMES } from "../../compile/engine.js";
import { ENGINE_VARIABLE, isEngineName } from "../../compile/engine-choice.js";
import type { Arguments, Command } from "../command.js";
import { UsageError } from "../usage-error.js";
import { targetOf, targetOptions } from "./install-target.js";

export const installCommand: Command = {
  name: "install",
  summary: "Install the kernel, so that Jupyter offers TypeScript (Claude)",
  positionals: [],
  options: {
    ...targetOptions,
    "display-name": { type: "string", value: "TEXT", help: "What people choose in Jupyter" },
    engine: {
      type: "string",
      value: "NAME",
      help: "What checks the cells: typescript (7, the default) or tslab (5.0)",
    },
    env: {
      type: "string",
      value: "NAME=VALUE",
      help: "A variable for the kernel; may be given again. Readable by all who can read the kernelspec",
    },
  },
  notes: [
    "Prints the folder of the kernelspec; JupyterLab's extension goes beside it. Needs no Python. Updating claude-notebook or Node in their places keeps it",
    "working; run it again after either has moved.",
  ],
  run: async (args) => {
    const env = { ...readEngine(args), ...readVariables(args) };
    const { installKernel } = await import("../../install/install-kernel.js");
    const { isTemporaryInstallation } = await import("../../install/lasting-argv.js");
    const options = { ...targetOf(args, "install"), displayName: args.text("display-name"), env };
    const folder = await installKernel(options);
    process.stdout.write(`${folder}\n`);
    if (isTemporaryInstallation()) {
      process.stderr.write(
        "claude-notebook runs from npx's cache, which npm may clear: the kernel would be gone with it.\n" +
          "To keep it: npm install -g claude-notebook && claude-notebook install\n",
      );
    }
    return 0;
  },
};

/** @throws UsageError for an engine that there is none of. */
function readEngine(args: Arguments): Record<string, string> {
  const name = args.text("engine");
  if (name === undefined) return {};
  if (isEngineName(name)) return { [ENGINE_VARIABLE]: name };
  throw new UsageError(
    `--engine takes ${ENGINE_NAMES.join(" or ")}; it got ${JSON.stringify(name)}.`,
    "install",
  );
}

/** @throws UsageError for what is no NAME=VALUE. */
function readVariables(args: Arguments): Record<string, string> {
  const entries = args.list("env").map((text) => {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(`--env takes NAME=VALUE; it got ${JSON.stringify(text)}.`, "install");
    }
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}
