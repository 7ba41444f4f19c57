import type { RunsReport } from "../../notebook/runs-report.js";
import type { Command } from "../command.js";
import { createProgress } from "../progress.js";
import { runInterruptibly } from "../run-with-progress.js";
import { createRunsProgress, type RunsProgress } from "../runs-progress.js";
import { summarizeRuns } from "../runs-summary.js";
import { jobsOf, runOptions, runOptionsOf } from "./run-options.js";
import { runTarget } from "./run-target.js";
import { serverOptions, withServers } from "./server-options.js";

export const runCommand: Command = {
  name: "run",
  summary: "Run notebooks and save them with their outputs",
  positionals: ["NOTEBOOK..."],
  options: {
    output: {
      type: "string",
      short: "o",
      value: "FILE",
      help: "Where to save it; a folder for several (default: NOTEBOOK.executed.ipynb)",
    },
    jobs: {
      type: "string",
      short: "j",
      value: "N",
      help: "Notebooks that run at a time (default: half the processors)",
    },
    ...runOptions,
    ...serverOptions,
  },
  notes: [
    "Stops at the first cell that fails, with exit code 1; cells tagged raises-exception may fail.",
    "Of several notebooks, one that fails does not keep the others from running.",
    "The file is saved after each cell, so that a run that is cut short keeps what was done.",
    "Prints the paths of the files; progress goes to stderr. `-o NOTEBOOK` saves in place.",
  ],
  run: async (args) => {
    const { runNotebooks } = await import("../../notebook/run-notebooks.js");
    const paths = args.positionals;
    const options = { ...(await runOptionsOf(args, "run")), jobs: jobsOf(args) };
    const output = await runTarget(paths, args.text("output"));
    const progress = paths.length > 1 ? createRunsProgress(process.stderr, paths.length) : progressOfOne();
    const { result, exitCode } = await runInterruptibly(progress, async (forRun) => ({
      report: await withServers(args, "run", progress.note, (served) =>
        runNotebooks(paths, { ...forRun, ...options, ...served, output, onEvent: progress.onEvent }),
      ),
    }));
    printResult(result.report);
    return exitCode;
  },
};

function progressOfOne(): RunsProgress {
  const progress = createProgress(process.stderr);
  return {
    ...progress,
    onEvent: (event) => {
      if (event.type === "notebook-event") progress.onEvent(event.event);
    },
  };
}

/** @throws the error of a single notebook that could not be run: it is the command's. */
function printResult(report: RunsReport): void {
  for (const run of report.runs) if (run.type === "ran") process.stdout.write(`${run.output}\n`);
  if (report.runs.length > 1) process.stderr.write(`${summarizeRuns(report)}\n`);
  else for (const run of report.runs) if (run.type === "failed") throw run.error;
}
