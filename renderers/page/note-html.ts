import { escapeHtml } from "../html/escape.js";

/** A line that says what the page does not show, and why. */
export function noteHtml(text: string): string {
  return `<div class="cn"><div class="cn-label">${escapeHtml(text)}</div></div>`;
}

/** First line of an error's message, short enough for a note. */
export function reasonOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split("\n", 1)[0]!
    .slice(0, 200);
}
