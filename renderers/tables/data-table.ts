/** A table to be drawn: its shape, and those of its rows and columns that are shown. */
export interface DataTable {
  /** What it is, for example "Arrow table". */
  readonly title?: string | undefined;
  readonly rowCount: number;
  readonly columnCount: number;
  /** Whether there are rows that have not been read: the count is then a lower bound. */
  readonly hasUnreadRows?: boolean | undefined;
  /** The first columns and the last. */
  readonly columns: readonly DataColumn[];
  /** How many of the shown columns stand before those that are left out. Nothing is left out if it is all of them. */
  readonly columnsBeforeGap: number;
  /** The first rows and the last, each with a cell for every shown column. */
  readonly rows: readonly DataRow[];
  readonly rowsBeforeGap: number;
}

export interface DataColumn {
  readonly name: string;
  /** As its library calls it; for values without types the kinds of those that are shown. */
  readonly type: string;
}

export interface DataRow {
  /** Counted from 0. */
  readonly index: number;
  readonly cells: readonly DataCell[];
}

export interface DataCell {
  /** Clipped and in one line. */
  readonly text: string;
  readonly look: "text" | "number" | "missing" | "failed";
}

/** "1,234 rows × 5 columns". */
export function shapeOf({ rowCount, columnCount, hasUnreadRows }: DataTable): string {
  const rows = `${count(rowCount)}${hasUnreadRows ? "+" : ""} row${rowCount === 1 && !hasUnreadRows ? "" : "s"}`;
  return `${rows} × ${count(columnCount)} column${columnCount === 1 ? "" : "s"}`;
}

/** What of the table is not shown; undefined when all of it is. */
export function cutNote(table: DataTable): string | undefined {
  const rows = table.rowCount - table.rows.length;
  const columns = table.columnCount - table.columns.length;
  const parts = [
    ...(rows > 0 ? [`${count(rows)} row${rows === 1 ? "" : "s"}`] : []),
    ...(columns > 0 ? [`${count(columns)} column${columns === 1 ? "" : "s"}`] : []),
  ];
  const unread = table.hasUnreadRows ? "; more rows have not been read" : "";
  if (parts.length === 0) return unread === "" ? undefined : unread.slice(2);
  return `${parts.join(" and ")} not shown${unread}`;
}

/** Whether the numbers of a column should stand at the right: it shows numbers and nothing else but missing values. */
export function isNumberColumn(table: DataTable, column: number): boolean {
  const looks = table.rows.map((row) => row.cells[column]?.look).filter((look) => look !== "missing");
  return looks.length > 0 && looks.every((look) => look === "number");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
