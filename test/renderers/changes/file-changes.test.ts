import { expect, test } from "vitest";
import { createFileChanges, type FileChange } from "../../../renderers/changes/file-changes.js";
import { partHtml } from "../../../renderers/panels/part-html.js";
import { partText } from "../../../renderers/panels/part-text.js";
import { viewParts } from "../../../renderers/views/views.js";
import { showAs } from "../../../src/shown-as.js";
import { assistantMessage, toolResultMessage, toolUse } from "../../../src/testing/index.js";
import { findUnsafe } from "../security/safe-html.js";

type Call = readonly [tool: string, result: unknown, isError?: boolean];

function changesOf(...calls: readonly Call[]): readonly FileChange[] {
  const changes = createFileChanges();
  calls.forEach(([tool, tool_use_result, is_error = false], index) => {
    changes.note(assistantMessage([{ ...toolUse(tool, {}), id: `t${index}` } as never]));
    changes.note(toolResultMessage(`t${index}`, "ok", { tool_use_result, is_error }));
  });
  return changes.list();
}

const edit = (originalFile: string, oldString: string, newString: string, more: object = {}): Call => [
  "Edit",
  { filePath: "/project/a.ts", originalFile, oldString, newString, structuredPatch: [], ...more },
];
const write = (path: string, originalFile: string | null, content: string): Call => [
  "Write",
  {
    type: originalFile === null ? "create" : "update",
    filePath: path,
    originalFile,
    content,
    structuredPatch: [],
  },
];
const figures = (changes: readonly FileChange[]) =>
  changes.map(({ path, created, added, removed }) => [path, created, added, removed]);

test("an edit is its patch, with the lines it added and removed", () => {
  const lines = [" one", "-two", "+2", "+2b", " three"];
  const patch = [{ oldStart: 1, oldLines: 3, newStart: 1, newLines: 4, lines }];
  const changes = changesOf(edit("one\ntwo\nthree\n", "two", "2\n2b", { structuredPatch: patch }));
  expect(figures(changes)).toEqual([["/project/a.ts", false, 2, 1]]);
});

test("several edits of a file are one difference", () => {
  const changes = changesOf(
    edit("a\nb\nc\n", "b", "x"),
    edit("a\nx\nc\n", "x", "y"),
    edit("a\ny\nc\n", "c", "$&"),
  );
  expect(figures(changes)).toEqual([["/project/a.ts", false, 2, 2]]);
  expect(changes[0]!.hunks[0]!.lines.map(({ sign, text }) => sign + text)).toEqual([
    " a",
    "-b",
    "-c",
    "+y",
    "+$&",
  ]);
});

test("an edit of all occurrences counts each of them", () => {
  const changes = changesOf(edit("a\na\n", "z", "z"), edit("a\na\n", "a", "b", { replaceAll: true }));
  expect(figures(changes)).toEqual([["/project/a.ts", false, 2, 2]]);
});

test("a file that is what it was before is not listed", () => {
  expect(changesOf(edit("a\n", "a", "b"), edit("b\n", "b", "a"))).toEqual([]);
});

test("a new file is marked as new, also an empty one, and stays so when it is edited further", () => {
  const changes = changesOf(
    write("/project/new.md", null, "a\nb\n"),
    write("/project/new.md", "a\nb\n", "a\nc\nd\n"),
    write("/project/empty.md", null, ""),
    ["Edit", { filePath: "/project/by-edit.md", originalFile: null, oldString: "", newString: "x\n" }],
  );
  expect(figures(changes)).toEqual([
    ["/project/new.md", true, 3, 0],
    ["/project/empty.md", true, 0, 0],
    ["/project/by-edit.md", true, 1, 0],
  ]);
});

test("several edits by one call are one change", () => {
  const edits = [
    { old_string: "a", new_string: "b" },
    { old_string: "b", new_string: "c" },
  ];
  const lines = ["-a", "+c"];
  const structuredPatch = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines }];
  const result = { filePath: "/project/m.ts", originalFileContents: "a\n", edits, structuredPatch };
  expect(figures(changesOf(["MultiEdit", result]))).toEqual([["/project/m.ts", false, 1, 1]]);
});

test("a notebook's cells are compared, not its file", () => {
  const cell = {
    notebook_path: "/project/n.ipynb",
    old_source: "x = 1\ny = 1",
    new_source: "x = 1\ny = 2",
    error: "",
  };
  expect(figures(changesOf(["NotebookEdit", { ...cell, edit_mode: "replace" }]))).toEqual([
    ["/project/n.ipynb", false, 1, 1],
  ]);
  expect(figures(changesOf(["NotebookEdit", { ...cell, edit_mode: "insert" }]))[0]!.slice(2)).toEqual([2, 0]);
  expect(figures(changesOf(["NotebookEdit", { ...cell, edit_mode: "delete" }]))[0]!.slice(2)).toEqual([0, 2]);
  expect(changesOf(["NotebookEdit", { ...cell, error: "no such cell" }])).toEqual([]);
});

test("calls that failed, other tools and results of another shape change nothing", () => {
  const changes = changesOf(
    ["Edit", "Error: String to replace not found", true],
    ["Read", { filePath: "/project/a.ts" }],
    ["Bash", { stdout: "" }],
    ["Edit", null],
    ["Write", { content: 1 }],
    ["constructor", { filePath: "x" }],
  );
  expect(changes).toEqual([]);
});

test("is shown as a panel for each file, with the language of the file", () => {
  const parts = viewParts(
    showAs(
      { files: changesOf(edit("const a = 1;\n", "x", "y"), edit("const a = 1;\n", "1", "2")) },
      "changes",
    ),
  )!;
  expect(parts.map((part) => partText(part)).join()).toContain("Changed /project/a.ts (+1 · −1)");
  expect(parts.map((part) => partHtml(part)).join()).toContain('<span class="k">const</span>');
});

test("says when there is nothing to show, and shows names and lines as the words they are", () => {
  expect(
    viewParts(showAs({ files: [] }, "changes"))!
      .map((part) => partText(part))
      .join(),
  ).toContain("No file changed");
  const hostile = "<img src=x onerror=alert(1)>";
  const parts = viewParts(
    showAs({ files: changesOf(write(`/project/${hostile}`, null, hostile)) }, "changes"),
  )!;
  expect(findUnsafe(parts.map((part) => partHtml(part)).join(""))).toEqual([]);
});
