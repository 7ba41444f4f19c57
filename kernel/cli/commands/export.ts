import type { Arguments, Command } from "../command.js";
import { runWithProgress } from "../run-with-progress.js";
import { UsageError } from "../usage-error.js";
import { exportOptionsOf, notebookPageOptions, pageOptions } from "./export-options.js";
import { checkIsOther } from "./export-target.js";
import { reportRedaction } from "./report-redaction.js";
import { runOptions, runOptionsOf } from "./run-options.js";

export const exportCommand: Command = {
  name: "export",
  summary: "Export a notebook, or a saved conversation with Claude, to one HTML file",
  positionals: ["NOTEBOOK"],
  options: {
    output: { type: "string", short: "o", value: "FILE", help: "Where to save it (default: NOTEBOOK.html)" },
    ...pageOptions,
    ...notebookPageOptions,
    execute: { type: "boolean", help: "Run the notebook first; the notebook itself stays as it is" },
    ...runOptions,
  },
  notes: [
    "The page loads nothing from the network and works with JavaScript off.",
    "NOTEBOOK may also be a conversation that was saved as .jsonl: a transcript from ~/.claude/projects, a",
    "recording, a file of a ConversationManager, or what `claude -p --output-format stream-json --verbose` printed.",
    "Secrets and home folders are taken out, and stderr says where; look through a page before you hand it on.",
    "Without --execute it takes notebooks of any language.",
    "With --execute the page is written also when a cell fails: with what was done, and exit code 1.",
  ],
  run: async (args) => {
    const [notebook = ""] = args.positionals;
    await checkIsOther(notebook, args.text("output"));
    if (notebook.endsWith(".jsonl")) return await exportSaved(notebook, args);
    const { exportNotebook } = await import("../../notebook/export-notebook.js");
    const options = runOptionsOf(args, "export");
    const { result, exitCode } = await runWithProgress((forRun) =>
      exportNotebook(notebook, {
        ...forRun,
        ...options,
        ...exportOptionsOf(args),
        execute: args.isSet("execute"),
        output: args.text("output"),
      }),
    );
    reportRedaction(result.redacted);
    process.stdout.write(`${result.path}\n`);
    return exitCode;
  },
};

/** A session has no cells to run. */
async function exportSaved(path: string, args: Arguments): Promise<number> {
  const ofNotebooks = ["execute", ...Object.keys(runOptions), ...Object.keys(notebookPageOptions)];
  const wrong = ofNotebooks.find(args.isSet);
  if (wrong !== undefined)
    throw new UsageError(
      `--${wrong} is for notebooks: ${path} is a saved session, which has no cells.`,
      "export",
    );
  const { exportSession } = await import("./export-session.js");
  const exported = await exportSession(path, { ...exportOptionsOf(args), output: args.text("output") });
  reportRedaction(exported.redacted);
  process.stdout.write(`${exported.path}\n`);
  return 0;
}
