import { escapeHtml } from "./escape.js";

/** Longest message in the head of the box, in characters; the stack has all of it. */
const MAX_MESSAGE_CHARS = 500;

/** An error as a box: what it says, and its stack behind a fold. The styles are inline, for hosts without our sheet. */
export function errorBoxHtml(name: string, message: string, stack: string): string {
  const said = message.length > MAX_MESSAGE_CHARS ? `${message.slice(0, MAX_MESSAGE_CHARS)}…` : message;
  const head = `<b style="color:#c0392b">${escapeHtml(name.slice(0, MAX_MESSAGE_CHARS))}</b>${said && `: ${escapeHtml(said)}`}`;
  const pre = `<pre style="margin:4px 0 0;white-space:pre-wrap">${escapeHtml(stack)}</pre>`;
  return `<details class="cn-error" style="border-left:3px solid #c0392b;padding:2px 10px"><summary>${head}</summary>${pre}</details>`;
}
