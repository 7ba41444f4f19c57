import type { Arguments, Command } from "../command.js";
import { runWithProgress } from "../run-with-progress.js";
import { UsageError } from "../usage-error.js";
import { checkIsOther } from "./export-target.js";
import { runOptions, runOptionsOf } from "./run-options.js";
import { serverOptions, withServers } from "./server-options.js";

export const exportCommand: Command = {
  name: "export",
  summary: "Export a notebook, or a saved Claude session, to one HTML file",
  positionals: ["NOTEBOOK"],
  options: {
    output: { type: "string", short: "o", value: "FILE", help: "Where to save it (default: NOTEBOOK.html)" },
    title: { type: "string", value: "TEXT", help: "Title of the page (default: the first heading)" },
    execute: { type: "boolean", help: "Run the notebook first; the notebook itself stays as it is" },
    ...runOptions,
    ...serverOptions,
  },
  notes: [
    "The page loads nothing from the network and works with JavaScript off.",
    "NOTEBOOK may also be a session that was saved as .jsonl: a transcript from ~/.claude/projects, a",
    "recording, or what `claude -p --output-format stream-json --verbose` printed.",
    "Without --execute it takes notebooks of any language.",
    "With --execute the page is written also when a cell fails: with what was done, and exit code 1.",
  ],
  run: async (args) => {
    const [notebook = ""] = args.positionals;
    await checkIsOther(notebook, args.text("output"));
    if (notebook.endsWith(".jsonl")) return await exportSaved(notebook, args);
    const { exportNotebook } = await import("../../notebook/export-notebook.js");
    const options = runOptionsOf(args, "export");
    const unused = args.isSet("execute") ? undefined : Object.keys(serverOptions).find(args.isSet);
    if (unused !== undefined) throw new UsageError(`--${unused} needs --execute.`, "export");
    const { result, exitCode } = await runWithProgress((forRun) =>
      withServers(args, "export", forRun.onKernelOutput, (served) =>
        exportNotebook(notebook, {
          ...forRun,
          ...options,
          ...served,
          execute: args.isSet("execute"),
          title: args.text("title"),
          output: args.text("output"),
        }),
      ),
    );
    process.stdout.write(`${result.path}\n`);
    return exitCode;
  },
};

/** A session has no cells to run. */
async function exportSaved(path: string, args: Arguments): Promise<number> {
  const wrong = ["execute", ...Object.keys(runOptions), ...Object.keys(serverOptions)].find(args.isSet);
  if (wrong !== undefined)
    throw new UsageError(
      `--${wrong} is for notebooks: ${path} is a saved session, nothing in it can be run.`,
      "export",
    );
  const { exportSession } = await import("./export-session.js");
  const output = await exportSession(path, { output: args.text("output"), title: args.text("title") });
  process.stdout.write(`${output}\n`);
  return 0;
}
