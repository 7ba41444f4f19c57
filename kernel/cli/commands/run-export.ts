import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { ExportFormat, WrittenExport } from "../../export/export-format.js";
import { checkTakes, exportSources, INDEX_NAME } from "../../export/export-sources.js";
import { type FoundSources, findSources } from "../../export/find-sources.js";
import { type ExportTarget, planTargets } from "../../export/plan-targets.js";
import type { HostError } from "../../host-error.js";
import type { RunReport } from "../../notebook/run-report.js";
import type { Arguments } from "../command.js";
import { reportError } from "../report-error.js";
import { runWithProgress } from "../run-with-progress.js";
import { UsageError } from "../usage-error.js";
import { exportOptionsOf, notebookPageOptions } from "./export-options.js";
import { reportRedaction } from "./report-redaction.js";
import { runOptions, runOptionsOf } from "./run-options.js";
import { serverOptions, withServers } from "./server-options.js";
import { spareOptimiser } from "./spare-optimiser.js";

/** The exit code after Ctrl-C, as shells count, where no cell was interrupted. */
const INTERRUPTED = 130;

/**
 * The work of `claude-notebook export`: says where everything goes, then writes it.
 *
 * @returns the exit code.
 * @throws UsageError for options that the files have no use for.
 * @throws HostError when nothing can be exported, or two exports would go to one place.
 */
export async function runExport(format: ExportFormat, args: Arguments): Promise<number> {
  const options = { ...runOptionsOf(args, "export"), ...exportOptionsOf(args) };
  const found = await findSources(args.positionals);
  const output = args.text("output");
  const isFolder = await namesFolder(output, found);
  const isAlone = found.sources.length + found.failures.length === 1 && !isFolder;
  if (found.sources.length === 0 && found.failures.length === 1) throw found.failures[0];
  checkOptions(found, args);
  if (isAlone && !args.isSet("execute")) await spareOptimiser(found.sources[0]!);
  const { extension, hasIndex = false } = format;
  const indexFolder = hasIndex && isFolder ? output : undefined;
  const reserved = indexFolder === undefined ? [] : [INDEX_NAME];
  const targets = await planTargets(found.sources, { output, isFolder, extension, reserved });
  if (isAlone) for (const target of targets) checkTakes(format, target);

  const failures: HostError[] = [];
  const reports: RunReport[] = [];
  let signal: AbortSignal | undefined;
  const fail = (error: HostError): void => {
    failures.push(error);
    reportError(error);
  };
  found.failures.forEach(fail);
  const { exitCode } = await runWithProgress(async (forRun) => {
    signal = forRun.signal;
    const index = await withServers(args, "export", forRun, (served) =>
      exportSources(targets, format, {
        ...forRun,
        ...options,
        ...served,
        execute: args.isSet("execute"),
        embedImages: args.isSet("embed-images"),
        makesFolders: isFolder,
        indexFolder,
        onWritten: (target, written) => {
          if (written.report) reports.push(written.report);
          tell(target, written, isAlone);
        },
        onFailure: (_target, error) => fail(error),
      }),
    );
    if (index !== undefined) process.stdout.write(`${resolve(index)}\n`);
    return { report: reports.find(({ outcome }) => outcome !== "ok") };
  });
  if (exitCode !== 0) return exitCode;
  return signal?.aborted ? INTERRUPTED : failures.length > 0 ? 1 : 0;
}

/** Several files go into a folder; one file does where `-o` ends like a folder's name. */
async function namesFolder(output: string | undefined, found: FoundSources): Promise<boolean> {
  if (output === undefined) return false;
  const isSeveral = found.hasFolder || found.sources.length + found.failures.length > 1;
  if (!isSeveral) return /[\\/]$/.test(output);
  if ((await stat(output).catch(() => undefined))?.isFile())
    throw new UsageError(`-o takes a folder for several files, and ${output} is a file.`, "export");
  return true;
}

/** A session has no cells to run or hide. */
function checkOptions({ sources }: FoundSources, args: Arguments): void {
  const unused = args.isSet("execute") ? undefined : Object.keys(serverOptions).find(args.isSet);
  if (sources.length === 0 || sources.some(({ type }) => type === "notebook")) {
    if (unused !== undefined) throw new UsageError(`--${unused} needs --execute.`, "export");
    return;
  }
  const ofNotebooks = [
    "execute",
    ...Object.keys(runOptions),
    ...Object.keys(serverOptions),
    ...Object.keys(notebookPageOptions),
    "embed-images",
  ];
  const wrong = ofNotebooks.find(args.isSet);
  if (wrong === undefined) return;
  throw new UsageError(
    `--${wrong} is for notebooks: ${sources[0]!.path} is a saved session, which has no cells.`,
    "export",
  );
}

function tell({ path, source }: ExportTarget, { notes, redacted }: WrittenExport, isAlone: boolean): void {
  const before = isAlone ? "" : `${source.path}: `;
  for (const note of notes) process.stderr.write(`${before}${note}\n`);
  reportRedaction(redacted, before);
  process.stdout.write(`${resolve(path)}\n`);
}
