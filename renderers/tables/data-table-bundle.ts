import type { MimeBundle } from "../bundle/mime-bundle.js";
import type { DataTable } from "./data-table.js";
import { dataTableHtml } from "./data-table-html.js";
import { dataTableText } from "./data-table-text.js";

/** A table for every front end. */
export function dataTableBundle(table: DataTable): MimeBundle {
  return { "text/html": dataTableHtml(table), "text/plain": dataTableText(table) };
}
