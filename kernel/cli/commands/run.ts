import { resolve } from "node:path";
import type { RunsOptions } from "../../notebook/run-notebooks.js";
import type { NotebookRun, RunsReport } from "../../notebook/runs-report.js";
import type { Arguments, Command } from "../command.js";
import { reportError } from "../report-error.js";
import { type Interruptible, runInterruptibly } from "../run-with-progress.js";
import { progressOf, type RunsProgress } from "../runs-progress.js";
import { summarizeRuns } from "../runs-summary.js";
import { UsageError } from "../usage-error.js";
import { jobsOf, runOptions, runOptionsOf } from "./run-options.js";
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
    junit: { type: "string", value: "FILE", help: "Write a JUnit report: a case for each cell" },
    watch: { type: "boolean", short: "w", help: "Run again whenever a notebook or its parameters change" },
    ...serverOptions,
  },
  notes: [
    "Stops at the first cell that fails, with exit code 1; cells tagged raises-exception may fail.",
    "Of several notebooks, one that fails does not keep the others from running.",
    "The file is saved after each cell, so that a run that is cut short keeps what was done.",
    "Prints the paths of the files; progress goes to stderr. `-o NOTEBOOK` saves in place.",
  ],
  run: async (args) => {
    // What is wrong with the command line is said before anything is made.
    choicesOf(args);
    const [{ runTargets }, { checkRunFiles }] = await Promise.all([
      import("./run-targets.js"),
      import("./check-run-files.js"),
    ]);
    const paths = args.positionals;
    const targets = await runTargets(paths, args.text("output"));
    await checkRunFiles({
      notebooks: paths,
      targets,
      params: args.text("params"),
      junit: args.text("junit"),
    });
    const junit = await junitOf(args);
    if (args.isSet("watch")) return watch(args, targets, junit);
    const progress = progressOf(process.stderr, paths);
    const { result, exitCode } = await runInterruptibly(progress, async (forRun) => ({
      report: await runOnce(paths, targets, args, progress, forRun),
    }));
    await junit(result.report);
    printResult(result.report);
    return exitCode;
  },
};

async function runOnce(
  paths: readonly string[],
  output: readonly string[],
  args: Arguments,
  progress: RunsProgress,
  forRun: Interruptible,
): Promise<RunsReport> {
  const { runNotebooks } = await import("../../notebook/run-notebooks.js");
  const options = choicesOf(args);
  return withServers(args, "run", forRun, (served) =>
    runNotebooks(paths, { ...forRun, ...options, ...served, output, onEvent: progress.onEvent }),
  );
}

function choicesOf(args: Arguments): RunsOptions {
  return { ...runOptionsOf(args, "run"), jobs: jobsOf(args) };
}

/** @throws UsageError for a result that would be the next change. */
async function watch(
  args: Arguments,
  targets: readonly string[],
  junit: (report: RunsReport) => Promise<void>,
): Promise<number> {
  const notebooks = args.positionals;
  if (notebooks.some((path) => targets.includes(resolve(path)))) {
    throw new UsageError("--watch cannot save in place: each run would be the next change.", "run");
  }
  const { watchRuns } = await import("../watch-runs.js");
  return watchRuns({
    notebooks,
    others: [args.text("params") ?? []].flat(),
    run: async (paths, signal) => {
      const progress = progressOf(process.stderr, paths);
      const output = paths.map((path) => targets[notebooks.indexOf(path)] ?? "");
      try {
        const forRun = { signal, onKernelOutput: progress.note };
        const report = await runOnce(paths, output, args, progress, forRun);
        progress.end();
        printOutcome(report);
        return report;
      } finally {
        progress.end();
      }
    },
    onRound: junit,
    note: (text) => process.stderr.write(`${text}\n`),
  });
}

/** @returns what writes the report, if one is wanted. @throws HostError `output-unwritable`, before anything runs. */
async function junitOf(args: Arguments): Promise<(report: RunsReport) => Promise<void>> {
  const path = args.text("junit");
  if (path === undefined) return async () => {};
  const [{ checkWritable, writeOutput }, { formatJunit }] = await Promise.all([
    import("../../notebook/write-output.js"),
    import("../format-junit.js"),
  ]);
  await checkWritable(path);
  return (report) => writeOutput(path, formatJunit(report));
}

/** Not when the user interrupted the start of its kernel. */
function isWritten(run: NotebookRun): boolean {
  return run.type === "ran" && (run.report.outcome !== "interrupted" || run.report.cells.length > 0);
}

function printOutcome(report: RunsReport): void {
  try {
    printResult(report);
  } catch (error) {
    reportError(error);
  }
}

/** @throws the error of a single notebook that could not be run: it is the command's. */
function printResult(report: RunsReport): void {
  for (const run of report.runs) if (isWritten(run)) process.stdout.write(`${run.output}\n`);
  if (report.runs.length > 1) process.stderr.write(`${summarizeRuns(report)}\n`);
  else for (const run of report.runs) if (run.type === "failed") throw run.error;
}
