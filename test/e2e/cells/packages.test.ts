import { afterAll, beforeAll, expect, test } from "vitest";
import { type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { ensureNotebookPackages } from "../../support/npm-packages.js";

/** The first check of a big package's types takes seconds, on a busy machine many. */
const slow = { timeoutMs: 120_000 };
let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernelClient({ cwd: await ensureNotebookPackages() });
});
afterAll(() => kernel?.close());

test("DuckDB is used with its types", async () => {
  const { reply, result } = await kernel.execute(
    [
      'import { DuckDBInstance } from "@duckdb/node-api";',
      'const connection = await (await DuckDBInstance.create(":memory:")).connect();',
      "const reader = await connection.runAndReadAll(\"select 42::bigint as answer, 'x' as name\");",
      "reader.getRowObjectsJS()",
    ].join("\n"),
    slow,
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe("[ { answer: 42n, name: 'x' } ]");
  const wrong = await kernel.execute("reader.getRowsObject()", slow);
  expect(wrong.reply.evalue).toContain("does not exist on type 'DuckDBResultReader'");
  expect((await kernel.execute("connection.closeSync(); reader.currentRowCount", slow)).result).toBe("1");
});

test("vega-lite, an ES module with top-level await whose types stand in exports only, draws a chart", async () => {
  const { reply, result } = await kernel.execute(
    [
      'import * as vega from "vega";',
      'import { compile, type TopLevelSpec } from "vega-lite";',
      "const chart: TopLevelSpec = {",
      '  data: { values: [{ a: "A", b: 28 }, { a: "B", b: 55 }] },',
      '  mark: "bar",',
      '  encoding: { x: { field: "a", type: "nominal" }, y: { field: "b", type: "quantitative" } },',
      "};",
      'const svg = await new vega.View(vega.parse(compile(chart).spec), { renderer: "none" }).toSVG();',
      'svg.startsWith("<svg")',
    ].join("\n"),
    slow,
  );
  expect(reply.evalue).toBeUndefined();
  expect(result).toBe("true");
  const wrong = await kernel.execute("const wrong: TopLevelSpec = { mark: 7 }", slow);
  expect(wrong.reply.evalue).toContain("is not assignable to type 'AnyMark'");
});
