import { dataTableBundle } from "../../../renderers/tables/data-table-bundle.js";
import type { DisplayFormatter } from "../display-formatter.js";
import { inspectText } from "../inspect-text.js";
import { arqueroSource } from "../tables/arquero.js";
import { arrowSource } from "../tables/arrow.js";
import { duckdbSource } from "../tables/duckdb.js";
import { polarsSource } from "../tables/polars.js";
import { recordsSource } from "../tables/records.js";
import { type ReadSource, readTable } from "../tables/table-source.js";

/** Tables of libraries. */
const sources: readonly ReadSource[] = [arrowSource, arqueroSource, duckdbSource];

/** A formatter of the tables that a reader knows. */
function tableRow(name: string, read: ReadSource): DisplayFormatter {
  return {
    name,
    matches: (value) => read(value) !== undefined,
    format: (value) => dataTableBundle(readTable(read(value)!)),
  };
}

export const polarsTable = tableRow("polars", polarsSource);

export const table = tableRow("table", (value) => {
  for (const read of sources) {
    const source = read(value);
    if (source) return source;
  }
  return undefined;
});

/** Records keep the text of the console, which shows what is nested in them. */
export const records: DisplayFormatter = {
  name: "records",
  matches: (value) => recordsSource(value) !== undefined,
  format: (value) => ({
    ...dataTableBundle(readTable(recordsSource(value)!)),
    "text/plain": inspectText(value),
  }),
};
