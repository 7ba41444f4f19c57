import type { Command } from "../command.js";
import { runWithProgress } from "../run-with-progress.js";
import { runOptions, runOptionsOf } from "./run-options.js";

export const runCommand: Command = {
  name: "run",
  summary: "Run a notebook and save it with its outputs",
  positionals: ["NOTEBOOK"],
  options: {
    output: {
      type: "string",
      short: "o",
      value: "FILE",
      help: "Where to save it (default: NOTEBOOK.executed.ipynb)",
    },
    ...runOptions,
  },
  notes: [
    "Stops at the first cell that fails, with exit code 1; cells tagged raises-exception may fail.",
    "The file is saved after each cell, so that a run that is cut short keeps what was done.",
    "Prints the path of the file; progress goes to stderr. `-o NOTEBOOK` saves in place.",
  ],
  run: async (args) => {
    const { runNotebook } = await import("../../notebook/run-notebook.js");
    const [notebook = ""] = args.positionals;
    const options = runOptionsOf(args, "run");
    const { result, exitCode } = await runWithProgress(async (forRun) => {
      const report = await runNotebook(notebook, { ...forRun, ...options, output: args.text("output") });
      return { report, path: report.path };
    });
    process.stdout.write(`${result.path}\n`);
    return exitCode;
  },
};
