import { types } from "node:util";
import { z } from "zod";
import { isSecretField } from "../../../src/redact/assigned-secrets.js";
import { REDACTED } from "../../../src/redact/redact-secrets.js";
import { tool } from "../../../src/tools/tool.js";
import { clipMasked } from "../values/clip-masked.js";
import { classNameOf } from "../values/read-property.js";
import { type SampledTable, tableOf } from "../values/table-of.js";
import { asData, refusal } from "./as-data.js";
import { describeIn, hiddenIn, notebookTool, type ToolSite, valueAt } from "./tool-site.js";

const DEFAULT_ROWS = 10;
const MAX_ROWS = 200;
const MAX_COLUMNS = 60;
/** Longest text of one cell, in characters. */
const MAX_CELL_CHARS = 120;

/** The first rows of a table. */
export const sampleTable = notebookTool((site) =>
  tool(
    "sample_table",
    "Shows the first rows of a table that a cell has declared, with the columns' names and types: an array of records, an object of columns, or a table of DuckDB, Arrow or arquero.",
    {
      name: z.string().describe("The variable, or a path to the table in it"),
      n: z.int().min(1).max(MAX_ROWS).optional().describe(`Rows; ${DEFAULT_ROWS} if left out`),
    },
    ({ name, n = DEFAULT_ROWS }) => {
      const value = valueAt(site, name);
      let table: SampledTable | undefined;
      try {
        table = tableOf(value, hiddenIn(site));
      } catch (error) {
        return refusal(`The library of ${name} cannot read it: ${failureOf(error)}.`);
      }
      if (!table)
        return refusal(`${name} is no table that can be sampled. inspect_variable shows what it is.`);
      return asData(tableText(table, n, site));
    },
    { annotations: { readOnlyHint: true } },
  ),
);

function tableText({ columns, rowCount, cell }: SampledTable, n: number, site: ToolSite): string {
  const shown = columns.slice(0, MAX_COLUMNS);
  const head = shown.map(({ name, type }) => oneLine(type === undefined ? name : `${name}: ${type}`));
  const rows = Array.from({ length: Math.min(n, rowCount) }, (_, row) =>
    shown.map(({ name }, column) => oneLine(cellText(name, () => cell(row, column), site))),
  );
  const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  const size = `${rowCount.toLocaleString("en-US")} rows × ${columns.length.toLocaleString("en-US")} columns`;
  const left = columns.length - shown.length;
  return [size, ...(left > 0 ? [`(${left} more columns are not shown)`] : []), "", ...lines].join("\n");
}

/** A cell that its library cannot read says so. The name of its column stands far from it, and can tell of a password. */
function cellText(column: string, read: () => unknown, site: ToolSite): string {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    return `[not readable: ${failureOf(error)}]`;
  }
  if (typeof value !== "string")
    return describeIn(site, value, { depth: 1, entries: 5, totalChars: MAX_CELL_CHARS });
  return isSecretField(column, value) ? REDACTED : clipMasked(value, MAX_CELL_CHARS + 1);
}

/** Its message may say anything. */
function failureOf(error: unknown): string {
  return types.isNativeError(error) ? classNameOf(error) : "error";
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  return line.length > MAX_CELL_CHARS ? `${line.slice(0, MAX_CELL_CHARS)}…` : line;
}
