import { stripVTControlCharacters } from "node:util";
import type { CutOff } from "../notebook/run-report.js";
import type { RunsReport } from "../notebook/runs-report.js";

/** Says that a notebook begins again, and why; in one line. */
export function describeCutOff({ baseUrl, number, message }: CutOff): string {
  const where = number === 0 ? "before the first cell" : `in cell ${number}`;
  return stripVTControlCharacters(`↻ again from the first cell: cut off ${where} on ${baseUrl}: ${message}`);
}

/** Names the notebooks that began again, a line each; empty when none did. */
export function summarizeCutOffs({ runs }: RunsReport): string[] {
  return runs.flatMap((run) => {
    const cutOffs = (run.type === "ran" && run.report.cutOffs) || [];
    return cutOffs.map((cutOff) => `${stripVTControlCharacters(run.path)}: ${describeCutOff(cutOff)}`);
  });
}
