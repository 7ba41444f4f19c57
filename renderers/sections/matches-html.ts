import { escapeHtml } from "../html/escape.js";
import { foldHtml } from "./fold-html.js";
import { foldLines, HEAD_LINES, MAX_LINE_CHARS } from "./fold-lines.js";
import { matchGutters } from "./match-lines.js";
import type { MatchesSection, MatchLine } from "./section.js";

/** What a search found in one file: its path, then the lines with what matched marked. */
export function fileMatchesHtml({ path, lines }: MatchesSection["files"][number]): string {
  const gutters = matchGutters(lines);
  const html = lines.map((line, i) => `<span class="cn-n">${gutters[i]}</span>${lineHtml(line)}\n`);
  const { shown, folded } = foldLines(html, HEAD_LINES.output);
  const title = path ? `<div class="cn-path"><code>${escapeHtml(path)}</code></div>` : "";
  return title + (lines.length === 0 ? "" : foldHtml(shown.join(""), folded.length, folded.join("")));
}

function lineHtml({ text, marks }: MatchLine): string {
  let html = "";
  let at = 0;
  for (const [from, to] of marks) {
    html += `${escapeHtml(text.slice(at, from))}<b class="cn-mark cn-hit">${escapeHtml(text.slice(from, to))}</b>`;
    at = to;
  }
  const rest = text.slice(at);
  const isLong = rest.length > MAX_LINE_CHARS;
  return html + escapeHtml(isLong ? `${rest.slice(0, MAX_LINE_CHARS)} …` : rest);
}
