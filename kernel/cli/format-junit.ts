import { stripVTControlCharacters } from "node:util";
import type { CellRun } from "../notebook/run-report.js";
import type { NotebookRun, RunsReport } from "../notebook/runs-report.js";
import { cellTitle, describeFailure } from "./cell-lines.js";
import { describeCutOff } from "./cut-offs.js";
import { describeError } from "./report-error.js";
import { escapeXml, xmlElement } from "./xml.js";

/** How a test case ended, by the elements that JUnit's readers know. */
type Verdict = "passed" | "failure" | "error" | "skipped";

interface TestCase {
  readonly name: string;
  readonly verdict: Verdict;
  readonly durationMs: number;
  /** The element that says more, as XML. */
  readonly detail?: string;
}

/**
 * A run as a JUnit report: a suite for each notebook, a case for each of its cells. A cell that failed is a failure; one
 * that ran too long, lost its kernel or was interrupted is an error, and so is a notebook that could not be run. A cell
 * tagged `raises-exception` passes, and says in `system-out` that it did. Cells that were not run are skipped.
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function formatJunit({ runs }: RunsReport): string {
  const suites = runs.map((run) => ({ name: run.path, cases: casesOf(run), notes: notesOf(run) }));
  const all = suites.flatMap(({ cases }) => cases);
  const elements = suites.map(({ name, cases, notes }) =>
    xmlElement("testsuite", { name, ...countsOf(cases) }, [
      ...cases.map(({ name: caseName, durationMs, detail }) =>
        xmlElement(
          "testcase",
          { name: caseName, classname: name, time: seconds(durationMs) },
          detail === undefined ? [] : [detail],
        ),
      ),
      ...notes,
    ]),
  );
  const root = xmlElement("testsuites", { name: "claude-notebook", ...countsOf(all) }, elements);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function casesOf(run: NotebookRun): TestCase[] {
  if (run.type === "not-run") return [{ name: "notebook", ...skipped }];
  if (run.type === "ran") {
    const cases = run.report.cells.map(cellCase);
    if (cases.length > 0 || run.report.outcome === "ok") return cases;
    const detail = problem("error", run.report.outcome, "It was interrupted before its first cell.");
    return [{ name: "notebook", verdict: "error", durationMs: run.durationMs, detail }];
  }
  const [message = "", ...hints] = describeError(run.error);
  const type = (run.error as { code?: string } | null)?.code ?? "error";
  const detail = problem("error", type, message.replace(/^claude-notebook: /, ""), hints);
  return [{ name: "notebook", verdict: "error", durationMs: run.durationMs, detail }];
}

/** Runs that were cut off before this one: no failures, and yet what a reader wants to know. */
function notesOf(run: NotebookRun): string[] {
  const cutOffs = (run.type === "ran" && run.report.cutOffs) || [];
  if (cutOffs.length === 0) return [];
  return [xmlElement("system-out", {}, [escapeXml(cutOffs.map(describeCutOff).join("\n"))])];
}

const skipped = { verdict: "skipped", durationMs: 0, detail: xmlElement("skipped", {}) } as const;

function cellCase({ number, source, durationMs, failure }: CellRun): TestCase {
  const name = `${number}: ${cellTitle(source)}`;
  if (durationMs === undefined) return { name, ...skipped };
  if (failure === undefined) return { name, verdict: "passed", durationMs };
  if (failure.isExpected) {
    const detail = xmlElement("system-out", {}, [escapeXml(plain(`Failed, as it may: ${failure.message}`))]);
    return { name, verdict: "passed", durationMs, detail };
  }
  const verdict = failure.outcome === "error" ? "failure" : "error";
  const detail = problem(verdict, failure.outcome, describeFailure(failure), failure.traceback);
  return { name, verdict, durationMs, detail };
}

function problem(element: string, type: string, message: string, lines: readonly string[] = []): string {
  const text = escapeXml(plain([message, ...lines].join("\n"))).replaceAll("&#10;", "\n");
  return xmlElement(element, { message: plain(message), type }, [text]);
}

function countsOf(cases: readonly TestCase[]): Record<string, string | number> {
  const count = (verdict: Verdict): number => cases.filter((each) => each.verdict === verdict).length;
  return {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function plain(text: string): string {
  return stripVTControlCharacters(text);
}
