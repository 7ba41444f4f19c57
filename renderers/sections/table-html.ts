import { escapeHtml } from "../html/escape.js";

/** Rows that show at once, and at most in all. */
const HEAD_ROWS = 12;
const MAX_ROWS = 500;

/** Longest text of a cell, in characters. */
const MAX_CELL_CHARS = 300;

/** Rows of the same columns as a table; what is beyond the first rows is in a fold. */
export function tableHtml(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const isShort = rows.length <= HEAD_ROWS + 3;
  const shown = gridHtml(columns, isShort ? rows : rows.slice(0, HEAD_ROWS));
  if (isShort) return shown;
  const folded = rows.slice(HEAD_ROWS, MAX_ROWS);
  const cut = rows.length - MAX_ROWS;
  const note =
    cut > 0 ? `<div class="cn-label">… ${cut.toLocaleString("en-US")} more rows are not shown</div>` : "";
  return `${shown}<details class="cn-more"><summary>${folded.length} more rows</summary>${gridHtml(columns, folded)}</details>${note}`;
}

function gridHtml(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((name) => `<th>${cellText(name)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cellText(cell)}</td>`).join("")}</tr>`);
  return `<div class="cn-text"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function cellText(text: string): string {
  return escapeHtml(text.length > MAX_CELL_CHARS ? `${text.slice(0, MAX_CELL_CHARS)} …` : text);
}

/** The same table as lines of text, columns aligned. */
export function tableTextLines(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns, ...rows.slice(0, MAX_ROWS)].map((row) =>
    row.map((cell) => cell.replace(/\s+/g, " ").slice(0, 40)),
  );
  const widths = columns.map((_, i) =>
    lines.reduce((widest, row) => Math.max(widest, row[i]?.length ?? 0), 0),
  );
  return lines.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd(),
  );
}
