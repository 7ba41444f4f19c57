import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Content, type KernelClient, startKernelClient } from "../../support/kernel-client.js";
import { ensureNotebookPackages } from "../../support/npm-packages.js";
import { tempFolder } from "../../support/temp-folder.js";

/** The first check of a big package's types takes seconds, on a busy machine many. */
const slow = { timeoutMs: 120_000 };
const VEGA_LITE = "application/vnd.vegalite.v5+json";
let folder: string;
let kernel: KernelClient;
beforeAll(async () => {
  folder = await ensureNotebookPackages();
  kernel = await startKernelClient({ cwd: folder });
});
afterAll(() => kernel?.close());

/** The bundle of a cell's last expression. */
async function shownBy(...lines: string[]): Promise<Content> {
  const { reply, messages, stderr } = await kernel.execute(lines.join("\n"), slow);
  expect(reply, JSON.stringify(reply.traceback)).toMatchObject({ status: "ok" });
  // Packages without types of their own are warned of; the rows write nothing.
  expect(stderr).not.toMatch(/could not/);
  return messages.find(({ type }) => type === "execute_result")?.content.data as Content;
}

test("a reader and a result of DuckDB are tables with SQL types, and a struct, a decimal and a date can be read", async () => {
  const reader = await shownBy(
    'import { DuckDBInstance } from "@duckdb/node-api";',
    'const connection = await (await DuckDBInstance.create(":memory:")).connect();',
    "const sql = \"select i::bigint id, 1.50::decimal(10,2) price, date '2026-01-02' as day, {k: 1} as s, null as n from range(5000) t(i)\";",
    "await connection.runAndReadAll(sql)",
  );
  expect(Object.keys(reader)).toEqual(["text/html", "text/plain"]);
  expect(reader["text/plain"]).toMatch(/^DuckDB · 5,000 rows × 5 columns\n/);
  expect(reader["text/html"]).toMatch(/>price<br><small[^>]*>DECIMAL\(10,2\)</);
  expect(reader["text/html"]).toMatch(/>1\.50<.*>2026-01-02<.*>\{&#39;k&#39;: 1\}<.*<i [^>]*>null</);
  const result = await shownBy("await connection.run(sql)");
  expect(result["text/plain"].replace(/^.*\n/, "")).toBe(reader["text/plain"].replace(/^.*\n/, ""));
  const partial = await shownBy('await connection.runAndReadUntil("select * from range(100000)", 10)');
  expect(partial["text/plain"]).toMatch(/^DuckDB · 2,048\+ rows × 1 column\n/);
});

test("a table of Arrow has Arrow's types; dates and decimals are no bare numbers", async () => {
  const shown = await shownBy(
    'import * as arrow from "apache-arrow";',
    "const price = arrow.makeVector({ type: new arrow.Decimal(2, 10, 128), length: 2, data: new Uint32Array([150, 0, 0, 0, 7, 0, 0, 0]) });",
    "new arrow.Table({",
    "  n: arrow.vectorFromArray([1, 2], new arrow.Int32()), s: arrow.vectorFromArray(['<a>', null], new arrow.Utf8()),",
    "  day: arrow.vectorFromArray([new Date(0), null], new arrow.DateDay()), big: arrow.vectorFromArray([1n, 2n ** 62n]), price,",
    "  list: arrow.vectorFromArray([[1, 2], null]),",
    "})",
  );
  expect(Object.keys(shown)).toEqual(["text/html", "text/plain"]);
  const [shape, , types, , first, second] = shown["text/plain"].split("\n");
  expect(shape).toBe("Arrow · 2 rows × 6 columns");
  expect(types).toMatch(/Int32 +Utf8 +Date32<DAY> +Int64 +Decimal\[10e\+2\] +List<Float64>/);
  expect(first).toMatch(/1 +<a> +1970-01-01 +1 +1\.50 +\[1,2\]/);
  expect(second).toMatch(/2 +null +null +4611686018427387904 +0\.07 +null/);
  expect(shown["text/html"]).toContain("&lt;a&gt;");
});

test("of an Arrow table of ten million rows the ends are shown", async () => {
  const shown = await shownBy(
    "arrow.tableFromArrays({ n: new Int32Array(10_000_000), x: new Float64Array(10_000_000) })",
  );
  expect(shown["text/plain"]).toMatch(/^Arrow · 10,000,000 rows × 2 columns\n/);
  expect(shown["text/html"].length).toBeLessThan(5_000);
});

test("a table of arquero is shown in its order, without the rows that are filtered out", async () => {
  const shown = await shownBy(
    'import * as aq from "arquero";',
    'aq.table({ a: [3, 1, 2], b: ["x", "y", null] }).filter((d: any) => d.a < 3).orderby("a")',
  );
  expect(shown["text/plain"].split("\n")).toEqual([
    "Arquero · 2 rows × 2 columns",
    "     a  b",
    "number  string",
    "──────  ──────",
    "     1  y",
    "     2  null",
  ]);
});

test("a data frame of polars has its types, and only the rows on screen are read", async (context) => {
  const binary = `nodejs-polars-${process.platform}-${process.arch}${process.platform === "linux" ? "-gnu" : ""}`;
  if (!existsSync(join(folder, "node_modules", binary)))
    context.skip("polars has no binary for this platform");
  const shown = await shownBy(
    'import pl from "nodejs-polars";',
    "const frame = pl.DataFrame({ a: Array.from({ length: 100_000 }, (_, i) => i), b: Array.from({ length: 100_000 }, () => '<b>') });",
    "frame",
  );
  expect(Object.keys(shown)).toEqual(["text/html", "text/plain"]);
  expect(shown["text/plain"]).toMatch(/^Polars · 100,000 rows × 2 columns\n.*\n *Float64 +(String|Utf8)\n/);
  expect(shown["text/html"]).toContain("&lt;b&gt;");
  expect(shown["text/html"]).toContain(">99999<");
});

test("rows of d3 are a table in the order of the file", async () => {
  const shown = await shownBy('import * as d3 from "d3";', 'd3.csvParse("b,a\\n1,2\\n3,4", d3.autoType)');
  expect(Object.keys(shown)).toEqual(["text/html", "text/plain"]);
  expect(shown["text/html"]).toMatch(/2 rows × 2 columns.*>b<.*number.*>a</);
});

test("a chart of Vega-Lite is its specification and the same as SVG, without HTML", async () => {
  const shown = await shownBy(
    "({",
    '  $schema: "https://vega.github.io/schema/vega-lite/v6.json",',
    '  data: { values: [{ a: "A", b: 28n }, { a: "B", b: 55n }] }, mark: "bar",',
    '  encoding: { x: { field: "a", type: "nominal" }, y: { field: "b", type: "quantitative" } },',
    "})",
  );
  expect(Object.keys(shown)).toEqual([VEGA_LITE, "image/svg+xml", "text/plain"]);
  expect(shown[VEGA_LITE]).toMatchObject({ mark: "bar", data: { values: [{ b: 28 }, { b: 55 }] } });
  expect(shown["image/svg+xml"]).toMatch(/^<svg[\s\S]*aria-label="a: A; b: 28"/);
  expect(shown["text/plain"]).toBe("[vega-lite chart]");
});

test("a specification of Vega itself is drawn too, and a faulty one is told of", async () => {
  const shown = await shownBy(
    '({ $schema: "https://vega.github.io/schema/vega/v6.json", width: 10, height: 10, marks: [{ type: "rect", encode: { enter: { width: { value: 5 }, height: { value: 5 } } } }] })',
  );
  expect(Object.keys(shown)).toEqual(["application/vnd.vega.v5+json", "image/svg+xml", "text/plain"]);
  const faulty = await kernel.execute(
    '({ $schema: "https://vega.github.io/schema/vega-lite/v6.json", mark: "no such mark" })',
    slow,
  );
  expect(faulty.reply.status).toBe("ok");
  expect(faulty.stderr).toMatch(/The vega-lite chart could not be drawn as SVG/);
  expect(faulty.result).toBe("[vega-lite chart]");
});

test("what Observable Plot draws is an SVG picture, and a mark draws itself with jsdom", async () => {
  const svg = await shownBy(
    'import * as Plot from "@observablehq/plot";',
    'import { JSDOM } from "jsdom";',
    "Plot.plot({ document: new JSDOM('').window.document, marks: [Plot.dot([[1, 2], [3, 4]])] })",
  );
  expect(Object.keys(svg)).toEqual(["image/svg+xml", "text/plain"]);
  expect(svg["image/svg+xml"]).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<circle/);
  const mark = await shownBy("Plot.dot([[1, 2], [3, 4]])");
  expect(mark["image/svg+xml"]).toMatch(/<circle/);
  const marks = await shownBy("Plot.marks(Plot.frame(), Plot.dot([[1, 2]]))");
  expect(marks["image/svg+xml"]).toMatch(/<rect[\s\S]*<circle/);
  const titled = await shownBy(
    "Plot.plot({ document: new JSDOM('').window.document, title: 'T', marks: [Plot.dot([[1, 2]])] })",
  );
  expect(Object.keys(titled)).toEqual(["text/html", "text/plain"]);
});

test("the buffer that sharp gives is a picture", async () => {
  const shown = await shownBy(
    'import sharp from "sharp";',
    'await sharp({ create: { width: 4, height: 3, channels: 3, background: "red" } }).png().toBuffer()',
  );
  expect(shown["image/png"]).toMatch(/^iVBORw0KGgo/);
  expect(shown["text/plain"]).toMatch(/^\[image\/png, 4 × 3, \d+ bytes\]$/);
});

test("a chart whose data stand elsewhere is for front ends alone: the kernel reads no file and calls nobody for it", async () => {
  const secret = join(tempFolder(), "secret.csv");
  writeFileSync(secret, "x\nhidden-words\n");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.url));
    response.end("x\n1\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    for (const url of [secret, `file://${secret}`, `http://127.0.0.1:${port}/data.csv`]) {
      const shown = await shownBy(
        `({ $schema: "https://vega.github.io/schema/vega-lite/v6.json", data: { url: ${JSON.stringify(url)}, format: { type: "csv" } }, mark: "text", encoding: { text: { field: "x" } } })`,
      );
      expect(Object.keys(shown)).toEqual([VEGA_LITE, "text/plain"]);
      expect(JSON.stringify(shown)).not.toContain("hidden-words");
    }
    expect(asked).toEqual([]);
  } finally {
    server.close();
  }
});

test("in a folder without Vega a chart is its specification alone", async () => {
  const other = await startKernelClient();
  try {
    const { messages } = await other.execute(
      '({ $schema: "https://vega.github.io/schema/vega-lite/v5.json", mark: "bar" })',
      slow,
    );
    expect(messages.at(-1)?.content.data).toEqual({
      [VEGA_LITE]: { $schema: "https://vega.github.io/schema/vega-lite/v5.json", mark: "bar" },
      "text/plain": "[vega-lite chart]",
    });
  } finally {
    await other.close();
  }
});
