import { escapeHtml } from "../html/escape.js";
import { cutNote, type DataCell, type DataTable, isNumberColumn, shapeOf } from "./data-table.js";

/** Inline, since no sheet comes with a table; the colours read on light and on dark paper. */
const SOFT = "color:#7a828c;font-weight:normal";

/** Looks that are not plain text. A missing value differs from the text "null" in more than colour. */
const LOOKS: Readonly<Record<DataCell["look"], (text: string) => string>> = {
  text: (text) => text,
  number: (text) => text,
  missing: (text) => `<i style="${SOFT}">${text}</i>`,
  failed: (text) => `<i style="color:#c0392b">${text}</i>`,
};

/** A table with its shape above and the types in its header; first and last rows, with a row of dots between. */
export function dataTableHtml(table: DataTable): string {
  const align = table.columns.map((_, i) => (isNumberColumn(table, i) ? "right" : "left"));
  const head = table.columns.map(
    ({ name, type }, i) =>
      `<th style="text-align:${align[i]}">${escapeHtml(name)}<br><small style="${SOFT}">${escapeHtml(type)}</small></th>`,
  );
  const body = table.rows.map(({ index, cells }) => {
    const data = cells.map(
      ({ text, look }, i) => `<td style="text-align:${align[i]}">${LOOKS[look](escapeHtml(text))}</td>`,
    );
    return `<tr><th style="${SOFT}">${index}</th>${withGap(data, table, "<td>…</td>").join("")}</tr>`;
  });
  const dots = table.columns.map((_, i) => `<td style="text-align:${align[i]}">⋮</td>`);
  const gap = `<tr><th>⋮</th>${withGap(dots, table, "<td></td>").join("")}</tr>`;
  if (table.rowsBeforeGap < table.rows.length) body.splice(table.rowsBeforeGap, 0, gap);
  const title = table.title ? `${escapeHtml(table.title)} · ` : "";
  const note = cutNote(table);
  return [
    `<div class="cn-data"><div style="${SOFT}">${title}${shapeOf(table)}</div>`,
    `<div style="overflow-x:auto"><table class="dataframe"><thead><tr><th></th>${withGap(head, table, "<th>…</th>").join("")}</tr></thead>`,
    `<tbody>${body.join("\n")}</tbody></table></div>`,
    note === undefined ? "" : `<div style="${SOFT}"><small>… ${note}</small></div>`,
    "</div>",
  ].join("");
}

/** Puts what stands for the columns that are left out in its place. */
function withGap(cells: readonly string[], table: DataTable, gap: string): readonly string[] {
  return table.columnsBeforeGap < table.columns.length
    ? cells.toSpliced(table.columnsBeforeGap, 0, gap)
    : cells;
}
