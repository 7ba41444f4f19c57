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
  const align = columns.map((_, i) => (isNumeric(rows, i) ? ' style="text-align:right"' : ""));
  const cells = (tag: string, row: readonly string[]): string =>
    row.map((cell, i) => `<${tag}${align[i] ?? ""}>${cellText(cell)}</${tag}>`).join("");
  const head = cells("th", columns);
  const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`);
  return `<div class="cn-text"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

/** Whether a column holds numbers and nothing else but empty cells. */
function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  const cells = rows.map((row) => row[column] ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => /^[-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(cell));
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
