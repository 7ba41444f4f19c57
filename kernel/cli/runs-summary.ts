import { stripVTControlCharacters } from "node:util";
import type { NotebookRun, RunsReport } from "../notebook/runs-report.js";
import { describeFailure, formatSeconds } from "./cell-lines.js";
import { summarizeCutOffs } from "./cut-offs.js";
import { describeError } from "./report-error.js";

/** How a notebook ended, in one line; with hints, if it could not be run. */
export function describeRun(run: NotebookRun): string {
  const [mark, what] = verdict(run);
  const time = run.type === "not-run" ? "" : `  ${formatSeconds(run.durationMs)}`;
  return stripVTControlCharacters(`${mark} ${run.path}: ${what}${time}`);
}

/** The last lines of a run of several notebooks: which began again and why, and how many ended how. */
export function summarizeRuns(report: RunsReport): string {
  const { runs } = report;
  const counts = new Map<string, number>();
  for (const run of runs) {
    const word = run.type === "not-run" ? "not run" : isOk(run) ? "ok" : "failed";
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const parts = ["ok", "failed", "not run"].flatMap((word) => {
    const count = counts.get(word);
    return count === undefined ? [] : [`${count} ${word}`];
  });
  return [...summarizeCutOffs(report), `${runs.length} notebooks: ${parts.join(", ")}`].join("\n");
}

function verdict(run: NotebookRun): readonly [mark: string, what: string] {
  if (run.type === "not-run") return ["-", "not run"];
  if (run.type === "failed")
    return [
      "✗",
      describeError(run.error)
        .join("\n")
        .replace(/^claude-notebook: /, ""),
    ];
  const { report } = run;
  if (report.outcome === "ok") return ["✓", `${report.executed} of ${report.total} cells`];
  const last = report.failures.at(-1);
  return ["✗", last === undefined ? "interrupted" : describeFailure(last)];
}

function isOk(run: NotebookRun): boolean {
  return run.type === "ran" && run.report.outcome === "ok";
}
