import type { Command } from "../command.js";
import { runWithProgress } from "../run-with-progress.js";
import { runOptions, runOptionsOf } from "./run-options.js";

export const exportCommand: Command = {
  name: "export",
  summary: "Export a notebook to one HTML file",
  positionals: ["NOTEBOOK"],
  options: {
    output: { type: "string", short: "o", value: "FILE", help: "Where to save it (default: NOTEBOOK.html)" },
    title: { type: "string", value: "TEXT", help: "Title of the page (default: the first heading)" },
    execute: { type: "boolean", help: "Run the notebook first; the notebook itself stays as it is" },
    ...runOptions,
  },
  notes: [
    "The page loads nothing from the network and works with JavaScript off.",
    "Without --execute it takes notebooks of any language.",
    "With --execute the page is written also when a cell fails: with what was done, and exit code 1.",
  ],
  run: async (args) => {
    const { exportNotebook } = await import("../../notebook/export-notebook.js");
    const [notebook = ""] = args.positionals;
    const options = runOptionsOf(args, "export");
    const { result, exitCode } = await runWithProgress((forRun) =>
      exportNotebook(notebook, {
        ...forRun,
        ...options,
        execute: args.isSet("execute"),
        title: args.text("title"),
        output: args.text("output"),
      }),
    );
    process.stdout.write(`${result.path}\n`);
    return exitCode;
  },
};
