import { expect, test } from "vitest";
import { formatValue } from "../../../kernel/display/format.js";

async function tableOf(value: unknown): Promise<{ html: string; text: string }> {
  const bundle = await formatValue(value);
  return { html: String(bundle["text/html"]), text: String(bundle["text/plain"]) };
}

/** A table of arquero's kind, of any length, that counts what is asked of it. */
class FakeColumns {
  asked = 0;
  readonly rows: number;
  readonly names: readonly string[];
  constructor(rows: number, names: readonly string[]) {
    this.rows = rows;
    this.names = names;
  }
  columnNames(): readonly string[] {
    return this.names;
  }
  numRows(): number {
    return this.rows;
  }
  isFiltered(): boolean {
    return false;
  }
  get(name: string, row: number): unknown {
    this.asked++;
    return name === "n" ? row : `${name}${row}`;
  }
}

test("records with the same keys are a table with its shape, the kinds of its columns and its rows", async () => {
  const day = new Date(Date.UTC(2026, 0, 2));
  const { html, text } = await tableOf([
    { name: "Bergen", people: 291_940, day, big: 2n ** 60n },
    { name: "<b>Oslo</b>", people: null, day, big: 1n },
  ]);
  expect(html).toContain("2 rows × 4 columns");
  for (const [name, type] of [
    ["name", "string"],
    ["people", "number"],
    ["day", "Date"],
    ["big", "bigint"],
  ]) {
    expect(html).toMatch(new RegExp(`>${name}<br><small[^>]*>${type}<`));
  }
  expect(html).toContain("&lt;b&gt;Oslo&lt;/b&gt;");
  expect(html).not.toContain("<b>Oslo");
  expect(html).toMatch(/<td style="text-align:right">291940</);
  expect(html).toMatch(/<td style="text-align:right"><i[^>]*>null<\/i>/);
  expect(html).toContain("1152921504606846976");
  expect(html).toContain("2026-01-02T00:00:00.000Z");
  expect(text).toContain("people: 291940");
});

test("the text null and a missing value look different", async () => {
  const { html } = await tableOf([
    { a: "null", b: 1 },
    { a: null, b: undefined },
  ]);
  expect(html).toContain('<td style="text-align:left">null</td>');
  expect(html).toMatch(/<i [^>]*>null<\/i>/);
  expect(html).toMatch(/<i [^>]*>undefined<\/i>/);
});

test.each([
  [
    "records of different keys",
    [
      { a: 1, b: 2 },
      { a: 1, c: 2 },
    ],
  ],
  ["records of one column", [{ a: 1 }, { a: 2 }]],
  ["instances of classes", [new Date(), new Date()]],
  ["numbers", [1, 2, 3]],
  ["an empty array", []],
])("%s are no table", async (_what, value) => {
  expect(Object.keys(await formatValue(value))).toEqual(["text/plain"]);
});

test("what d3's csvParse gives has its columns in their order, also without rows' keys", async () => {
  const rows = Object.assign([{ b: "2", a: "1" }], { columns: ["a", "b"] });
  const { html } = await tableOf(rows);
  expect(html.indexOf(">a<br>")).toBeLessThan(html.indexOf(">b<br>"));
});

test("of a long table the first and last rows are read, and no others", async () => {
  const table = new FakeColumns(10_000_000, ["n", "word"]);
  const { html, text } = await tableOf(table);
  expect(table.asked).toBe(15 * 2);
  expect(html).toContain("Arquero · 10,000,000 rows × 2 columns");
  expect(html).toContain("9,999,985 rows not shown");
  expect(html).toContain(">9999999<");
  expect(text).toBe(
    [
      "Arquero · 10,000,000 rows × 2 columns",
      "      n  word",
      " number  string",
      "───────  ───────────",
      ...Array.from({ length: 10 }, (_, i) => `${String(i).padStart(7)}  word${i}`),
      "      ⋮  ⋮",
      ...Array.from({ length: 5 }, (_, i) => `${9_999_995 + i}  word${9_999_995 + i}`),
      "… 9,999,985 rows not shown",
    ].join("\n"),
  );
});

test("of a wide table the first and last columns are shown, with what is left out told", async () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `c${i}`);
  const { html, text } = await tableOf(new FakeColumns(3, names));
  expect(html).toContain("3 rows × 1,000 columns");
  expect(html).toContain("975 columns not shown");
  expect(html).toContain(">c999<");
  expect(html).not.toContain(">c500<");
  expect(text.split("\n")[1]).toMatch(/c19 +… +c995/);
});

test("a cell that cannot be read says so, and the others are shown", async () => {
  class Faulty extends FakeColumns {
    override get(name: string, row: number): unknown {
      if (row === 1) throw new Error("<no> value");
      return super.get(name, row);
    }
  }
  const { html } = await tableOf(new Faulty(2, ["n", "word"]));
  expect(html).toContain("⚠ &lt;no&gt; value");
  expect(html).toContain("word0");
});

test("long texts, lines and nested values stand in one short line", async () => {
  const { html } = await tableOf([
    { long: "x".repeat(1_000_000), lines: "a\nb\t\tc", nested: { deep: [1, { x: 2 }] } },
  ]);
  expect(html.length).toBeLessThan(2_000);
  expect(html).toContain("a b c");
  expect(html).toContain("{ deep: [ 1, [Object] ] }");
});

/** A DuckDB reader as far as it is used. */
class FakeReader {
  currentRowCount = 2;
  done = false;
  columnNames(): string[] {
    return ["id", "price"];
  }
  columnTypes(): string[] {
    return ["BIGINT", "DECIMAL(10,2)"];
  }
  value(column: number, row: number): unknown {
    return column === 0 ? BigInt(row) : { toString: () => "1.50" };
  }
  getRowObjectsJS(): unknown[] {
    throw new Error("all rows");
  }
}

test("a reader that has not read all its rows says so", async () => {
  const { html, text } = await tableOf(new FakeReader());
  expect(html).toContain("DuckDB · 2+ rows × 2 columns");
  expect(text).toContain("DECIMAL(10,2)");
  expect(text).toContain("1.50");
  expect(text).toContain("more rows have not been read");
});

test("a data frame of polars is read by its ends, before its own display, which holds all rows", async () => {
  const frame = {
    shape: { height: 1_000_000, width: 1 },
    columns: ["a"],
    dtypes: ["DataType(Int64)"],
    slice: (offset: number) => ({ rows: () => [[offset]] }),
    [Symbol.for("Jupyter.display")]: () => {
      throw new Error("all rows");
    },
  };
  const { html } = await tableOf(new Proxy(frame, {}));
  expect(html).toContain("Polars · 1,000,000 rows × 1 column");
  expect(html).toMatch(/>a<br><small[^>]*>Int64</);
  expect(html).toContain(">999999<");
});
