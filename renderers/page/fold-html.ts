import { escapeHtml } from "../html/escape.js";

/** HTML behind a fold that says what is in it; printed, and for a filter, it is open. */
export function pageFoldHtml(label: string, html: string, isOpen = false): string {
  return `<details class="fold"${isOpen ? " open" : ""}><summary>${escapeHtml(label)}</summary>${html}</details>`;
}
