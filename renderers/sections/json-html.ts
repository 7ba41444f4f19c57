import { highlightCode } from "../code/highlight-code.js";
import { runsHtml } from "../code/runs-html.js";
import { escapeHtml } from "../html/escape.js";
import { showJson } from "../panels/read-value.js";

/** A value of at most so many lines of JSON is shown as it is; a longer one as a tree that folds. */
const MAX_FLAT_LINES = 24;

/** Most levels, entries of a level, nodes in all, characters of a text and of all texts that a tree shows; the rest is counted. */
const LIMITS = { depth: 12, entries: 100, nodes: 1_000, chars: 5_000, allChars: 100_000 } as const;

/** Texts up to so many characters, without a line break, stand in their line; longer ones fold. */
const MAX_INLINE_CHARS = 120;

/** A JSON value as HTML, bounded in size whatever it holds. */
export function jsonHtml(value: unknown): string {
  const text = showJson(value);
  if (text.length <= 4_000 && text.split("\n").length <= MAX_FLAT_LINES)
    return `<div class="highlight"><pre>${runsHtml(highlightCode(text, "json"))}</pre></div>`;
  return `<div class="highlight cn-tree">${nodeHtml(undefined, value, { depth: 0, left: { nodes: LIMITS.nodes, chars: LIMITS.allChars } })}</div>`;
}

interface Place {
  readonly depth: number;
  /** How many nodes, and characters of texts, may still be drawn, shared by the whole tree. */
  readonly left: { nodes: number; chars: number };
}

function nodeHtml(key: string | undefined, value: unknown, place: Place): string {
  place.left.nodes--;
  const name = key === undefined ? "" : `<span class="na">${escapeHtml(key.slice(0, 200))}</span>: `;
  if (typeof value === "object" && value !== null) return containerHtml(name, value, place);
  if (typeof value === "string") return textHtml(name, value, place);
  const color = typeof value === "number" ? "mi" : "kc";
  return `<div>${name}<span class="${color}">${escapeHtml(String(value))}</span></div>`;
}

function containerHtml(name: string, value: object, { depth, left }: Place): string {
  const entries = Object.entries(value);
  const isList = Array.isArray(value);
  const size = `${entries.length.toLocaleString("en-US")} ${isList ? "item" : "field"}${entries.length === 1 ? "" : "s"}`;
  const note = `<span class="c1">${isList ? "[" : "{"}${size}${isList ? "]" : "}"}</span>`;
  if (entries.length === 0 || depth >= LIMITS.depth || left.nodes <= 0) return `<div>${name}${note}</div>`;
  const shown = entries.slice(0, LIMITS.entries);
  const rows: string[] = [];
  for (const [key, item] of shown) {
    if (left.nodes <= 0) break;
    rows.push(nodeHtml(key, item, { depth: depth + 1, left }));
  }
  const hidden = entries.length - rows.length;
  if (hidden > 0) rows.push(`<div class="cn-label">… ${hidden.toLocaleString("en-US")} more</div>`);
  const inner = `<div class="cn-branch" style="padding-left:16px">${rows.join("")}</div>`;
  return `<details class="cn-node"${depth < 1 ? " open" : ""}><summary>${name}${note}</summary>${inner}</details>`;
}

function textHtml(name: string, text: string, { left }: Place): string {
  const most = Math.min(LIMITS.chars, Math.max(0, left.chars));
  const shown = `<span class="s2">${escapeHtml(text.slice(0, most))}</span>`;
  left.chars -= Math.min(text.length, most);
  const cut =
    text.length > most
      ? `<div class="cn-label">… ${(text.length - most).toLocaleString("en-US")} more characters</div>`
      : "";
  if (text.length <= MAX_INLINE_CHARS && !text.includes("\n"))
    return `<div>${name}<span class="s2">${escapeHtml(JSON.stringify(text))}</span></div>`;
  const first = escapeHtml(text.slice(0, 60).split("\n", 1)[0]!);
  const summary = `<summary>${name}<span class="s2">${first} …</span> <span class="c1">${text.length.toLocaleString("en-US")} characters</span></summary>`;
  return `<details class="cn-node">${summary}<pre style="white-space:pre-wrap">${shown}</pre>${cut}</details>`;
}
