import { plainText } from "../../plain-text.js";
import type { Command, CommandGroup } from "../command.js";

const updateCommand: Command = {
  name: "claude update",
  summary: "Update the CLI with its own installer",
  positionals: [],
  options: {},
  run: async () => {
    const { update } = await import("../../../src/cli/update.js");
    const { output } = await update();
    process.stdout.write(`${output}\n`);
    return 0;
  },
};

const versionCommand: Command = {
  name: "claude version",
  summary: "Print the CLI's version and where it is",
  positionals: [],
  options: {},
  run: async () => {
    const { version } = await import("../../../src/cli/version.js");
    const found = await version();
    process.stdout.write(`${found.version} (${found.path})\n`);
    return 0;
  },
};

const mcpCommand: Command = {
  name: "claude mcp",
  summary: "Set MCP servers up: list, add, remove, get, …",
  positionals: [],
  rest: "ARGUMENTS…",
  options: {},
  notes: ["Runs `claude mcp ARGUMENTS…` as it stands."],
  run: async ({ positionals }) => {
    const { runClaude } = await import("../../../src/cli/run-claude.js");
    return (await runClaude(["mcp", ...positionals], {}, true)).exitCode;
  },
};

const configCommand: Command = {
  name: "claude config",
  summary: "Read and write the CLI's settings files: get, set, remove, list",
  positionals: [],
  rest: "get KEY | set KEY VALUE | remove KEY | list [--scope user|project|local]",
  options: {},
  notes: [
    "Without --scope, reading looks at all files (local before project before user) and writing means the user's.",
    "KEY may be a path: permissions.allow. VALUE is a text, or JSON.",
  ],
  run: async ({ positionals }) => {
    const { config } = await import("../../../src/cli/config.js");
    const value = await config(positionals);
    if (value === undefined) return positionals[0] === "get" ? 1 : 0;
    process.stdout.write(`${typeof value === "string" ? value : JSON.stringify(value, undefined, 2)}\n`);
    return 0;
  },
};

const doctorCommand: Command = {
  name: "claude doctor",
  summary: "Look whether the CLI is there, logged in, and its settings and servers work",
  positionals: [],
  options: { json: { type: "boolean", help: "Print JSON" } },
  notes: ["Starts the MCP servers that are approved, to see whether they answer."],
  run: async (args) => {
    const { doctor } = await import("../../../src/cli/doctor.js");
    const diagnosis = await doctor();
    if (args.isSet("json")) process.stdout.write(`${JSON.stringify(diagnosis, undefined, 2)}\n`);
    else {
      for (const { name, ok, detail, hints } of diagnosis.checks) {
        process.stdout.write(plainText(`${ok ? "✓" : "✗"} ${name}: ${detail}\n`));
        for (const hint of hints) process.stdout.write(plainText(`    ${hint}\n`));
      }
    }
    return diagnosis.ok ? 0 : 1;
  },
};

/** `claude-notebook claude …`: the CLI's own commands. */
export const claudeCommands: CommandGroup = {
  name: "claude",
  summary: "Update the claude CLI, look after its settings and MCP servers",
  commands: [updateCommand, versionCommand, mcpCommand, configCommand, doctorCommand],
};
