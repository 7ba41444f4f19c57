import { expect, test } from "vitest";
import { createRunsProgress } from "../../../kernel/cli/runs-progress.js";
import { describeRun, summarizeRuns } from "../../../kernel/cli/runs-summary.js";
import { HostError } from "../../../kernel/host-error.js";
import type { CellFailure, RunReport } from "../../../kernel/notebook/run-report.js";
import type { NotebookRun, RunsEvent } from "../../../kernel/notebook/runs-report.js";

function record(terminal: { isTTY?: boolean; columns?: number } = {}) {
  let text = "";
  const stream = {
    ...terminal,
    write: (written: string) => {
      text += written;
    },
  };
  return { progress: createRunsProgress(stream, 3, false), text: () => text };
}

const start = (path: string, number: number): RunsEvent => ({
  type: "notebook-event",
  path,
  event: { type: "cell-start", number, total: 2, source: "work()" },
});
const end = (path: string, number: number, failure?: CellFailure): RunsEvent => ({
  type: "notebook-event",
  path,
  event: { type: "cell-end", number, total: 2, source: "work()", durationMs: 1234, failure },
});
const failure: CellFailure = {
  index: 3,
  number: 2,
  outcome: "error",
  message: "TypeError: no",
  traceback: [],
  isExpected: false,
};
const report = { outcome: "ok", executed: 2, total: 2, failures: [] } as unknown as RunReport;
const ran = (path: string, more: Partial<RunReport> = {}): NotebookRun => ({
  type: "ran",
  path,
  output: `out/${path}`,
  durationMs: 2500,
  report: { ...report, ...more },
});

test("without a terminal each line says of which notebook it speaks, and none is cut by another's", () => {
  const { progress, text } = record();
  progress.onEvent({ type: "notebook-start", path: "a.ipynb" });
  progress.onEvent({ type: "notebook-start", path: "b.ipynb" });
  progress.onEvent(start("a.ipynb", 1));
  progress.onEvent(start("b.ipynb", 1));
  progress.onEvent(end("b.ipynb", 1));
  progress.onEvent(end("a.ipynb", 1, failure));
  progress.onEvent({ type: "notebook-end", path: "b.ipynb", run: ran("b.ipynb") });
  progress.end();
  expect(text().split("\n")).toEqual([
    "✓ b.ipynb [1/2] work()  1.2 s",
    "✗ a.ipynb [1/2] work()  1.2 s",
    "    Cell 2 (the notebook's 4th cell) failed: TypeError: no",
    "✓ b.ipynb: 2 of 2 cells  2.5 s",
    "",
  ]);
});

test("on a terminal one live line names what runs and how many are done, and lines that stay stand above it", () => {
  const { progress, text } = record({ isTTY: true, columns: 60 });
  progress.onEvent({ type: "notebook-start", path: "a.ipynb" });
  progress.onEvent({ type: "notebook-start", path: "b.ipynb" });
  progress.onEvent(start("a.ipynb", 2));
  progress.onEvent(end("b.ipynb", 1));
  progress.onEvent({ type: "notebook-end", path: "b.ipynb", run: ran("b.ipynb") });
  progress.onEvent({ type: "notebook-end", path: "a.ipynb", run: ran("a.ipynb") });
  progress.end();
  const drawn = text().split(/\r\u001b\[K|\n/);
  expect(drawn).toContain("… 0/3 done; a.ipynb [2/2], b.ipynb starting");
  expect(drawn).toContain("… 1/3 done; a.ipynb [2/2]");
  for (const line of drawn) expect(line.length).toBeLessThan(60);
  // What stays begins on a cleared line and ends it.
  expect(text()).toContain("\r\u001b[K✓ b.ipynb [1/2] work()  1.2 s\n");
});

test("what a kernel writes past its notebook says whose it is, in each line", () => {
  const { progress, text } = record();
  progress.note("one\ntwo\n", "a.ipynb");
  progress.note("all");
  expect(text()).toBe("a.ipynb: one\na.ipynb: two\nall\n");
});

test("a notebook's name cannot move the cursor", () => {
  const { progress, text } = record();
  const path = "\u001b[2Jevil.ipynb";
  progress.onEvent({ type: "notebook-start", path });
  progress.onEvent(end(path, 1));
  progress.onEvent({ type: "notebook-end", path, run: ran(path) });
  expect(text()).not.toContain("\u001b");
});

test.each<[string, NotebookRun, string]>([
  ["ended well", ran("a"), "✓ a: 2 of 2 cells  2.5 s"],
  [
    "failed in a cell",
    ran("a", { outcome: "error", failures: [failure] }),
    "✗ a: Cell 2 (the notebook's 4th cell) failed: TypeError: no  2.5 s",
  ],
  ["was interrupted before its first cell", ran("a", { outcome: "interrupted" }), "✗ a: interrupted  2.5 s"],
  [
    "could not be run",
    {
      type: "failed",
      path: "a",
      output: "o",
      durationMs: 100,
      error: new HostError("notebook-not-found", "There is no notebook at a."),
    },
    "✗ a: There is no notebook at a.  0.1 s",
  ],
  ["was not begun", { type: "not-run", path: "a", output: "o" }, "- a: not run"],
])("a notebook that %s is one line", (_what, run, line) => {
  expect(describeRun(run)).toBe(line);
});

test("the summary counts what ended how", () => {
  const runs: NotebookRun[] = [
    ran("a"),
    ran("b", { outcome: "timeout" }),
    { type: "not-run", path: "c", output: "o" },
  ];
  expect(summarizeRuns({ outcome: "error", runs })).toBe("3 notebooks: 1 ok, 1 failed, 1 not run");
});
