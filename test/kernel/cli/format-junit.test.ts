import { parseDocument } from "htmlparser2";
import { expect, test } from "vitest";
import { formatJunit } from "../../../kernel/cli/format-junit.js";
import { HostError } from "../../../kernel/host-error.js";
import type { CellFailure, CellRun, RunReport } from "../../../kernel/notebook/run-report.js";
import type { NotebookRun } from "../../../kernel/notebook/runs-report.js";

interface Element {
  readonly name: string;
  readonly attribs: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly data?: string;
}

/** The elements that JUnit's schema has, what may stand in each, and the attributes that each must have. */
const schema: Readonly<Record<string, { children: readonly string[]; attributes: readonly string[] }>> = {
  testsuites: { children: ["testsuite"], attributes: ["tests", "failures", "errors", "skipped", "time"] },
  testsuite: {
    children: ["testcase"],
    attributes: ["name", "tests", "failures", "errors", "skipped", "time"],
  },
  testcase: {
    children: ["failure", "error", "skipped", "system-out"],
    attributes: ["name", "classname", "time"],
  },
  failure: { children: [], attributes: ["message", "type"] },
  error: { children: [], attributes: ["message", "type"] },
  skipped: { children: [], attributes: [] },
  "system-out": { children: [], attributes: [] },
};

function check(element: Element): void {
  const rule = schema[element.name];
  expect(rule, element.name).toBeDefined();
  expect(Object.keys(element.attribs)).toEqual(expect.arrayContaining([...rule!.attributes]));
  const children = element.children.filter((child) => child.name !== undefined);
  expect(rule!.children).toEqual(expect.arrayContaining(children.map((child) => child.name)));
  for (const child of children) check(child);
  for (const [count, tag] of [
    ["failures", "failure"],
    ["errors", "error"],
    ["skipped", "skipped"],
  ] as const) {
    if (element.attribs[count] !== undefined)
      expect(Number(element.attribs[count])).toBe(descendants(element, tag).length);
  }
  if (element.attribs.tests !== undefined)
    expect(Number(element.attribs.tests)).toBe(descendants(element, "testcase").length);
  if (element.attribs.time !== undefined) expect(element.attribs.time).toMatch(/^\d+\.\d{3}$/);
}

function descendants(element: Element, name: string): Element[] {
  const children = element.children ?? [];
  return children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...(child.children ? descendants(child, name) : []),
  ]);
}

const textOf = (element: Element): string => element.children.map((child) => child.data ?? "").join("");

/** The report as a tree, once it fits the schema. */
function read(...runs: NotebookRun[]): Element {
  const xml = formatJunit({ outcome: "error", runs });
  expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')).toBe(true);
  // What no XML may hold.
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
  const document = parseDocument(xml, { xmlMode: true }) as unknown as Element;
  const root = document.children.find((child) => child.name === "testsuites");
  check(root!);
  return root!;
}

const cell = (number: number, more: Partial<CellRun> = {}): CellRun => ({
  index: number - 1,
  number,
  source: `work(${number})`,
  durationMs: 1500,
  failure: undefined,
  ...more,
});
const failure = (more: Partial<CellFailure> = {}): CellFailure => ({
  index: 1,
  number: 2,
  outcome: "error",
  message: "TypeError: no",
  traceback: ["\u001b[31mTypeError\u001b[0m: no", "    at <cell 2>:1"],
  isExpected: false,
  ...more,
});

function ran(outcome: RunReport["outcome"], cells: readonly CellRun[], path = "a.ipynb"): NotebookRun {
  const failures = cells.flatMap((each) => each.failure ?? []);
  const report = { outcome, cells, failures, executed: 0, total: cells.length } as unknown as RunReport;
  return { type: "ran", path, output: "out", durationMs: 4000, report };
}

test("each notebook is a suite, and each cell a case with its time", () => {
  const root = read(ran("ok", [cell(1), cell(2)]), ran("ok", [cell(1)], "b.ipynb"));
  expect(root.attribs).toMatchObject({ tests: "3", failures: "0", errors: "0", time: "4.500" });
  expect(descendants(root, "testsuite").map(({ attribs }) => attribs.name)).toEqual(["a.ipynb", "b.ipynb"]);
  expect(descendants(root, "testcase")[1]!.attribs).toEqual({
    name: "2: work(2)",
    classname: "a.ipynb",
    time: "1.500",
  });
});

test("a cell that failed says how, with its traceback without colours, and later ones are skipped", () => {
  const root = read(
    ran("error", [cell(1), cell(2, { failure: failure() }), cell(3, { durationMs: undefined })]),
  );
  expect(root.attribs).toMatchObject({ tests: "3", failures: "1", errors: "0", skipped: "1" });
  const [found] = descendants(root, "failure");
  expect(found!.attribs).toEqual({
    message: "Cell 2 (the notebook's 2nd cell) failed: TypeError: no",
    type: "error",
  });
  expect(textOf(found!)).toContain("TypeError: no\n    at <cell 2>:1");
});

test.each(["timeout", "kernel-died", "interrupted"] as const)(
  "a cell that ended by %s is an error",
  (outcome) => {
    const root = read(ran(outcome, [cell(2, { failure: failure({ outcome }) })]));
    expect(root.attribs).toMatchObject({ failures: "0", errors: "1" });
    expect(descendants(root, "error")[0]!.attribs.type).toBe(outcome);
  },
);

test("a cell that may fail passes, and says that it failed", () => {
  const root = read(ran("ok", [cell(2, { failure: failure({ isExpected: true }) })]));
  expect(root.attribs).toMatchObject({ failures: "0", errors: "0" });
  expect(textOf(descendants(root, "system-out")[0]!)).toBe("Failed, as it may: TypeError: no");
});

test("a failure is one though errors were allowed, and the run went on", () => {
  const root = read(ran("ok", [cell(1), cell(2, { failure: failure() }), cell(3)]));
  expect(root.attribs).toMatchObject({ tests: "3", failures: "1", errors: "0", skipped: "0" });
  expect(descendants(root, "system-out")).toEqual([]);
});

test("a notebook that could not be run is an error, and one that was not begun is skipped", () => {
  const error = new HostError("notebook-not-found", "There is no notebook at a.", { hints: ["Look"] });
  const root = read(
    { type: "failed", path: "a", output: "o", durationMs: 1, error },
    { type: "not-run", path: "b", output: "o" },
    ran("interrupted", [], "c"),
  );
  expect(root.attribs).toMatchObject({ tests: "3", errors: "2", skipped: "1" });
  expect(descendants(root, "error")[0]!.attribs).toEqual({
    message: "There is no notebook at a.",
    type: "notebook-not-found",
  });
});

test("whatever a cell or a path holds, the report stays XML and says the same", () => {
  const message = `Error: </failure>]]>&"'<x>\u0000\u0007\ud800\uffff\r\n\t😀`;
  const root = read(
    ran(
      "error",
      [cell(2, { source: 'say("<&\u0001>")', failure: failure({ message, traceback: [message] }) })],
      'a"&<b>\u0002.ipynb',
    ),
  );
  const [found] = descendants(root, "failure");
  expect(found!.attribs.message).toContain(`</failure>]]>&"'<x>`);
  expect(textOf(found!)).toContain("😀");
  expect(descendants(root, "failure")).toHaveLength(1);
});
