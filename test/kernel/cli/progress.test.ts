import { expect, test } from "vitest";
import { createProgress } from "../../../kernel/cli/progress.js";
import type { CellFailure, RunEvent } from "../../../kernel/notebook/run-report.js";

function record(terminal: { isTTY?: boolean; columns?: number } = {}) {
  let text = "";
  const stream = {
    ...terminal,
    write: (written: string) => {
      text += written;
    },
  };
  return { progress: createProgress(stream, false), text: () => text };
}

const start = (number: number, source: string): RunEvent => ({
  type: "cell-start",
  number,
  total: 12,
  source,
});
const end = (number: number, source: string, failure?: CellFailure): RunEvent => ({
  type: "cell-end",
  number,
  total: 12,
  source,
  durationMs: 1234,
  failure,
});
const failure: CellFailure = {
  index: 3,
  number: 2,
  outcome: "error",
  message: "TypeError: no",
  traceback: ["\u001b[31mred\u001b[0m"],
  isExpected: false,
};

test("without a terminal each finished cell is one plain line", () => {
  const { progress, text } = record();
  progress.onEvent({ type: "kernel-starting" });
  progress.onEvent(start(1, "\n  const a = 1;\nb"));
  progress.onEvent(end(1, "\n  const a = 1;\nb"));
  progress.end();
  expect(text()).toBe("✓ [ 1/12] const a = 1;  1.2 s\n");
});

test("a cell that fails is shown with its place, message and traceback, without colours where none are wanted", () => {
  const { progress, text } = record();
  progress.onEvent(end(2, "boom()", failure));
  expect(text()).toBe(
    "✗ [ 2/12] boom()  1.2 s\n    Cell 2 (the notebook's 4th cell) failed: TypeError: no\n    red\n",
  );
});

test("a cell that may fail is no alarm", () => {
  const { progress, text } = record();
  progress.onEvent(end(2, "boom()", { ...failure, isExpected: true }));
  expect(text()).toBe("✓ (failed, as expected) [ 2/12] boom()  1.2 s\n");
});

test("on a terminal the live line is cleared for the final one, and none is wider than the terminal", () => {
  const { progress, text } = record({ isTTY: true, columns: 40 });
  const source = "x".repeat(100);
  progress.onEvent(start(1, source));
  progress.note("a note\n");
  progress.onEvent(end(1, source));
  progress.end();
  const drawn = text().split(/\r\u001b\[K|\n/);
  for (const line of drawn) expect(line.length).toBeLessThan(40);
  expect(drawn).toContain("a note");
  expect(text().endsWith("  1.2 s\n")).toBe(true);
});

test("a cell's own control characters cannot move the cursor", () => {
  const { progress, text } = record();
  progress.onEvent(end(1, "\u001b[2Jevil"));
  expect(text()).not.toContain("\u001b");
});
