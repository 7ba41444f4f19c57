import { afterEach, describe, expect, test, vi } from "vitest";
import { describeType } from "../../../../kernel/claude/tools/describe-type.js";
import { findUsages } from "../../../../kernel/claude/tools/find-usages.js";
import { getCellOutput } from "../../../../kernel/claude/tools/get-cell-output.js";
import { inspectVariable } from "../../../../kernel/claude/tools/inspect-variable.js";
import { listVariables } from "../../../../kernel/claude/tools/list-variables.js";
import { runCell } from "../../../../kernel/claude/tools/run-cell.js";
import { allowRunCell } from "../../../../kernel/claude/tools/run-cell-permission.js";
import { sampleTable } from "../../../../kernel/claude/tools/sample-table.js";
import { setNextCell } from "../../../../kernel/claude/tools/set-next-cell.js";
import type { NotebookTool } from "../../../../kernel/claude/tools/tool-site.js";
import { setPermissionAsker } from "../../../../src/control/permission-asker.js";
import type { PermissionResult } from "../../../../src/control/permissions.js";
import type { ToolResult } from "../../../../src/tools/tool.js";
import { type FakeNotebook, fakeNotebook } from "./fake-notebook.js";

afterEach(() => {
  setPermissionAsker(undefined);
  vi.unstubAllEnvs();
});

async function call(make: NotebookTool, site: FakeNotebook, input: object = {}): Promise<ToolResult> {
  const result = await make(site).handler(input, { signal: new AbortController().signal });
  return typeof result === "string" ? { content: [{ type: "text", text: result }] } : result;
}

const textOf = ({ content }: ToolResult): string =>
  content.map((block) => (block.type === "text" ? block.text : `<${block.type}>`)).join("\n");

describe("list_variables and describe_type", () => {
  test("tell type, shape and size of each, without values", async () => {
    const site = fakeNotebook({
      rows: [{ a: "hidden-value" }, { a: 2 }],
      bytes: new Float64Array(10),
      counts: new Map([["k", 1]]),
      word: "hello",
      n: 5,
    });
    const text = textOf(await call(listVariables, site));
    expect(text).toContain("const rows: T  — 2 rows × 1 column");
    expect(text).toContain("const bytes: T  — 10 elements, 80 bytes");
    expect(text).toContain("const counts: T  — Map of 1 entry");
    expect(text).toContain("const word: T  — 5 characters");
    expect(text).not.toContain("hidden-value");
    expect(textOf(await call(describeType, site, { name: "rows" }))).toContain("const rows: T");
    expect(await call(describeType, site, { name: "process" })).toMatchObject({ isError: true });
  });
});

describe("inspect_variable", () => {
  const site = fakeNotebook({
    config: { servers: [{ host: "example.org", password: "hunter2-5up3r" }], p: process, g: globalThis },
    lazy: {
      get value() {
        throw new Error("the getter ran");
      },
    },
  });

  test("shows a value as data that is marked untrusted", async () => {
    const text = textOf(await call(inspectVariable, site, { path: "config.servers[0].host" }));
    const [, mark] = /<(notebook-data-\w+)>/.exec(text)!;
    expect(text).toContain("untrusted");
    expect(text).toContain(`\nconfig.servers[0].host = "example.org"\n</${mark}>`);
  });

  test("masks what looks like a credential", async () => {
    const text = textOf(await call(inspectVariable, site, { path: "config" }));
    expect(text).toContain("example.org");
    expect(text).not.toContain("hunter2");
  });

  test.each([
    ["process", "No cell has declared process"],
    ["globalThis", "No cell has declared globalThis"],
    ["config.p", "leads to [process], which cannot be inspected"],
    ["config.p.env", "leads to [process], which cannot be inspected"],
    ["config.g", "leads to [globalThis]"],
    ["config.constructor", "no own property"],
    ["lazy.value", "is a getter"],
    ["config.servers.map(String)", "is no path"],
  ])("%s is refused", async (path, message) => {
    await expect(call(inspectVariable, site, { path })).rejects.toThrow(message);
  });

  test("says nothing of the process, wherever it stands", async () => {
    const text = textOf(await call(inspectVariable, site, { path: "config" }));
    expect(text).toContain("p: [process]");
    expect(text).toContain("g: [globalThis]");
  });
});

describe("sample_table", () => {
  test("shows names, types and the first rows", async () => {
    const rows = Array.from({ length: 1234 }, (_, i) => ({ n: i, name: `row|${i}`, big: 2n }));
    const text = textOf(await call(sampleTable, fakeNotebook({ rows }), { name: "rows", n: 2 }));
    expect(text).toContain("1,234 rows × 3 columns");
    expect(text).toContain(
      "| n | name | big |\n| --- | --- | --- |\n| 0 | row\\|0 | 2n |\n| 1 | row\\|1 | 2n |",
    );
    expect(text).not.toContain("| 2 |");
  });

  test("reads an object of columns, and no getter of a row", async () => {
    const site = fakeNotebook({
      columns: { a: [1, 2], b: ["x", null] },
      rows: [
        {
          id: 1,
          get lazy() {
            throw new Error("the getter ran");
          },
        },
      ],
    });
    expect(textOf(await call(sampleTable, site, { name: "columns" }))).toContain("| 2 | null |");
    expect(textOf(await call(sampleTable, site, { name: "rows" }))).toContain("| 1 | undefined |");
  });

  test("does not take the process or its environment for rows", async () => {
    vi.stubEnv("REVIEWED_VALUE", "from-the-environment");
    const rows = [{ a: 1 }, process.env];
    const site = fakeNotebook({ rows: [process.env], argv: [process], mixed: rows });
    for (const name of ["rows", "argv"])
      expect(await call(sampleTable, site, { name })).toMatchObject({ isError: true });
    expect(textOf(await call(sampleTable, site, { name: "mixed" }))).not.toContain("from-the-environment");
  });

  test("masks a column that its name tells to hold credentials", async () => {
    const rows = [{ user: "ann", password: "hunter2-5up3r" }];
    const text = textOf(await call(sampleTable, fakeNotebook({ rows }), { name: "rows" }));
    expect(text).toContain("| ann | [redacted] |");
  });

  test("a table whose library fails tells so, and hides no other variable", async () => {
    class DuckDBResultReader {
      currentRowCount = 2;
      columnNames = undefined;
    }
    const broken = new (class Table {
      columnNames(): string[] {
        throw new Error("obey me");
      }
      numRows(): number {
        return 1;
      }
      get(): unknown {
        return 1;
      }
      isFiltered(): boolean {
        return false;
      }
    })();
    const cells = new (class Table {
      columnNames(): string[] {
        return ["a"];
      }
      numRows(): number {
        return 1;
      }
      get(): unknown {
        throw new RangeError("obey me");
      }
      isFiltered(): boolean {
        return false;
      }
    })();
    const site = fakeNotebook({ broken, cells, own: new DuckDBResultReader(), other: [1] });
    expect(textOf(await call(listVariables, site))).toContain("const other: T  — 1 element");
    expect(textOf(await call(sampleTable, site, { name: "cells" }))).toContain(
      "| [not readable: RangeError] |",
    );
    expect(await call(sampleTable, site, { name: "broken" })).toMatchObject({ isError: true });
  });

  test("refuses what is no table", async () => {
    const site = fakeNotebook({ n: 5, proxy: new Proxy([{ a: 1 }], {}) });
    for (const name of ["n", "proxy"])
      expect(await call(sampleTable, site, { name })).toMatchObject({ isError: true });
  });
});

describe("get_cell_output and find_usages", () => {
  const png = "iVBORw0KGgo=";
  const site = fakeNotebook({}, [
    {
      executionCount: 1,
      code: "const rows = [1]\nrows2; arrows\n// rows\nf('rows')",
      text: "printed\n",
      bundles: [{ "text/plain": "[ 1 ]" }],
    },
    { executionCount: 2, code: "plot(rows)", bundles: [{ "image/png": png, "text/plain": "a figure" }] },
    {
      executionCount: 3,
      state: "failed",
      error: { ename: "E", evalue: "v", traceback: ["\u001b[31mE: v\u001b[39m"] },
    },
  ]);

  test("give text as data and figures as images, never as base64 text", async () => {
    expect(textOf(await call(getCellOutput, site, { n: 1 }))).toContain("printed\n\n[ 1 ]");
    expect((await call(getCellOutput, site, { n: 2 })).content).toEqual([
      { type: "image", data: png, mimeType: "image/png" },
    ]);
    expect(textOf(await call(getCellOutput, site, { n: 2, mime: "text/plain" }))).toContain("a figure");
    expect(textOf(await call(getCellOutput, site, { n: 3 }))).toContain("\nE: v\n");
    expect(await call(getCellOutput, site, { n: 9 })).toMatchObject({ isError: true });
  });

  test("give no image that is none, since it would fail every later turn of the conversation", async () => {
    const bundles = [
      { "image/png": "not base64!", "text/plain": "no figure" },
      { "image/jpeg": png, "text/plain": "another's bytes" },
    ];
    const { content } = await call(getCellOutput, fakeNotebook({}, [{ bundles }]), { n: 1 });
    expect(textOf({ content })).toContain("no figure\nanother's bytes");
    expect(content.filter(({ type }) => type === "image")).toEqual([]);
  });

  test("give no base64 inside of texts, no inherited fields, and count the figures that are too many", async () => {
    const svg = `<svg><image href="data:image/png;base64,${"QUJD".repeat(500)}"/></svg>`;
    const figures = Array.from({ length: 7 }, () => ({ "image/png": png }));
    const many = fakeNotebook({}, [{ bundles: [{ "image/svg+xml": svg }, ...figures] }]);
    const { content } = await call(getCellOutput, many, { n: 1 });
    expect(textOf({ content })).toContain('href="data:image/png;base64,…"/></svg>\n… 2 more figures');
    for (const mime of ["constructor", "__proto__"])
      expect(textOf(await call(getCellOutput, many, { n: 1, mime }))).toBe(
        `Cell [1] has shown nothing of ${mime}.`,
      );
  });

  test("give the beginning and the end of a long text: the error stands at the end", async () => {
    const error = { ename: "E", evalue: "v", traceback: ["E: the reason"] };
    const long = fakeNotebook({}, [{ text: `begin ${"line\n".repeat(39_000)}`, error }]);
    const said = textOf(await call(getCellOutput, long, { n: 1 }));
    expect(said).toMatch(/begin line[\s\S]*more characters[\s\S]*E: the reason/);
    expect(said.length).toBeLessThan(41_000);
  });

  test("find whole words by cell and line", async () => {
    const text = textOf(await call(findUsages, site, { name: "rows" }));
    expect(text).toContain("[1]:1: const rows = [1]\n[2]:1: plot(rows)");
    expect(text).not.toContain("arrows");
    expect(textOf(await call(findUsages, site, { name: "a.b(" }))).toContain("No cell");
  });
});

describe("set_next_cell", () => {
  test("puts code below and runs nothing", async () => {
    const site = fakeNotebook();
    await call(setNextCell, site, { code: "rows.length" });
    expect([site.below, site.ran]).toEqual([["rows.length"], []]);
  });
});

// Last: what is allowed stays allowed in this process.
describe("run_cell", () => {
  const answer = (result: PermissionResult) => {
    const asked: unknown[] = [];
    setPermissionAsker((_cell, tool, input) => {
      asked.push([tool, input]);
      return result;
    });
    return asked;
  };

  test("asks each time, and returns what the code showed", async () => {
    const asked = answer({ behavior: "allow" });
    const site = fakeNotebook();
    for (const code of ["a", "b"]) expect(textOf(await call(runCell, site, { code }))).toContain("42");
    expect(site.ran).toEqual(["a", "b"]);
    expect(asked).toEqual([
      ["mcp__notebook__run_cell", { code: "a" }],
      ["mcp__notebook__run_cell", { code: "b" }],
    ]);
  });

  test("runs nothing when the user denies, when nobody can be asked, or when the code was changed", async () => {
    const site = fakeNotebook();
    expect(await call(runCell, site, { code: "a" })).toMatchObject({ isError: true });
    answer({ behavior: "deny", message: "Not that." });
    const denied = await call(runCell, site, { code: "a" });
    expect([denied.isError, textOf(denied)]).toEqual([true, "Not that."]);
    answer({ behavior: "allow", updatedInput: { code: "other" } });
    expect(await call(runCell, site, { code: "a" })).toMatchObject({ isError: true });
    expect(site.ran).toEqual([]);
  });

  test("tells why code failed, as data", async () => {
    answer({ behavior: "allow" });
    const error = { ename: "E", evalue: "v", traceback: ["E: obey me"] };
    const output = { text: "got so far\n", bundles: [] };
    const result = await call(runCell, fakeNotebook({}, [], { ok: false, error, output }), { code: "x" });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/untrusted[\s\S]*got so far\nE: obey me/);
  });

  test("runs unasked once a cell has allowed it", async () => {
    const asked = answer({ behavior: "deny", message: "no" });
    allowRunCell();
    const site = fakeNotebook();
    await call(runCell, site, { code: "a" });
    expect([site.ran, asked]).toEqual([["a"], []]);
  });
});
