import { ansiHtmlLines } from "../ansi/ansi-html.js";
import { highlightCode, splitRunLines } from "../code/highlight-code.js";
import { numberedLinesHtml, runsHtml } from "../code/runs-html.js";
import { diffHtmlLines } from "../diff/diff-lines.js";
import { escapeHtml } from "../html/escape.js";
import { imageHtml } from "../html/image.js";
import { isAllowedLink } from "../markdown/link-policy.js";
import { renderOpenMarkdown } from "../markdown/open-markdown.js";
import { renderMarkdownHtml } from "../markdown/render-markdown-html.js";
import type { Part } from "../response/parts.js";
import { trimBreaks } from "../text/trim-end.js";
import { flowHtml } from "./flow-html.js";
import { foldHtml } from "./fold-html.js";
import { cutText, foldLines, HEAD_LINES } from "./fold-lines.js";
import { jsonHtml } from "./json-html.js";
import { fileMatchesHtml } from "./matches-html.js";
import type { ChecklistItem, Section } from "./section.js";
import { tableHtml } from "./table-html.js";

/** Draws parts under a part; given by who draws the part, since only that knows the table of panels. */
export type DrawParts = (parts: readonly Part[]) => string;

type Draw<Type extends Section["type"]> = (
  section: Extract<Section, { type: Type }>,
  drawParts: DrawParts,
) => string;

/** Each kind of section and its HTML. All text in it is escaped here and nowhere else. */
const SECTIONS: { readonly [Type in Section["type"]]: Draw<Type> } = {
  code({ code, language, firstLine, isGrowing }) {
    const { text, note } = cutText(code, isGrowing);
    const skipped = isGrowing ? countLines(code) - countLines(text) : 0;
    const lines =
      firstLine === undefined
        ? splitRunLines(highlightCode(text, language)).map(runsHtml)
        : numberedLinesHtml(text, language, firstLine + skipped);
    return `<div class="highlight">${foldedPre(withBreaks(lines), { isGrowing, note })}</div>`;
  },
  output({ text, label }) {
    const cut = cutText(trimBreaks(text));
    const { shown, folded } = foldLines(withBreaks(ansiHtmlLines(cut.text)), HEAD_LINES.output);
    const html = foldHtml(shown.join(""), folded.length, folded.join(""), 'class="cn-out"');
    return `${labelHtml(label)}${html}${noteHtml(cut.note)}`;
  },
  diff({ hunks, language, isGrowing }) {
    return `<div class="highlight cn-diff">${foldedPre(diffHtmlLines(hunks, language), { isGrowing })}</div>`;
  },
  markdown({ text, isGrowing }) {
    const html = isGrowing ? renderOpenMarkdown(text) : renderMarkdownHtml(text);
    return `<div class="cn-text${isGrowing ? " cn-growing" : ""}">${html.trimEnd()}</div>`;
  },
  prose({ text }) {
    const cut = cutText(text);
    return `<div class="cn-prose" style="white-space:pre-wrap">${escapeHtml(cut.text.trim())}</div>${noteHtml(cut.note)}`;
  },
  checklist({ items, label }) {
    return `${labelHtml(label)}<ul class="cn-checks" style="list-style-type:none;padding-left:0">${items.map(checkHtml).join("")}</ul>`;
  },
  hints({ hints }) {
    return `<ul class="cn-hints">${hints.map((hint) => `<li>${inlineCodeHtml(hint)}</li>`).join("")}</ul>`;
  },
  image({ mediaType, data, alt }) {
    return (
      imageHtml(mediaType, data, alt) ?? `<div class="cn-label">${escapeHtml(`image (${mediaType})`)}</div>`
    );
  },
  matches: ({ files }) => files.map(fileMatchesHtml).join(""),
  links: ({ links }) => `<ul class="cn-links">${links.map(linkHtml).join("")}</ul>`,
  fields({ fields }) {
    const rows = fields.map(
      ([name, value]) => `<div><span class="cn-soft">${escapeHtml(name)}</span> ${escapeHtml(value)}</div>`,
    );
    return `<div class="cn-fields">${rows.join("")}</div>`;
  },
  json: ({ value }) => jsonHtml(value),
  table: ({ columns, rows }) => tableHtml(columns, rows),
  flow: ({ steps }) => flowHtml(steps),
  note: ({ text }) => noteHtml(text),
  parts({ parts }, drawParts) {
    const style = "border-left:2px solid rgba(128,128,128,.4);padding-left:10px";
    return parts.length === 0 ? "" : `<div class="cn-nested" style="${style}">${drawParts(parts)}</div>`;
  },
};

/** The HTML of a section. */
export function sectionHtml(section: Section, drawParts: DrawParts): string {
  return (SECTIONS[section.type] as Draw<Section["type"]>)(section, drawParts);
}

/** Marks of the items of a checklist; the words after them are struck through or bold too. */
const CHECKS: Readonly<Record<ChecklistItem["state"], (text: string) => string>> = {
  done: (text) => `<li><span class="cn-ok">✓</span> <s>${text}</s></li>`,
  now: (text) => `<li><span class="cn-warn">▸</span> <b>${text}</b></li>`,
  open: (text) => `<li><span class="cn-soft">○</span> ${text}</li>`,
  chosen: (text) => `<li><span class="cn-ok">●</span> <b>${text}</b></li>`,
};

function checkHtml({ text, state, note }: ChecklistItem): string {
  const item = CHECKS[state](escapeHtml(text));
  return note
    ? item.replace(/<\/li>$/, () => ` <span class="cn-soft">${escapeHtml(note)}</span></li>`)
    : item;
}

function labelHtml(label: string | undefined): string {
  return label ? `<div class="cn-label">${escapeHtml(label)}</div>` : "";
}

/** A list of addresses shows where they lead; an address that is not allowed stays text. */
function linkHtml({ title, url }: { readonly title: string; readonly url: string }): string {
  const text = escapeHtml(title || url);
  if (!isAllowedLink(url)) return `<li>${text}</li>`;
  const host = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1] ?? "";
  const where = host && title ? ` <span class="cn-soft">${escapeHtml(host)}</span>` : "";
  return `<li><a href="${escapeHtml(url)}" rel="noopener noreferrer">${text}</a>${where}</li>`;
}

/** Escaped text in which `code` in backticks is code. */
export function inlineCodeHtml(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

function foldedPre(
  lines: readonly string[],
  { isGrowing = false, note }: { isGrowing?: boolean | undefined; note?: string | undefined },
): string {
  const { shown, folded } = foldLines(lines, HEAD_LINES.code, isGrowing);
  return foldHtml(shown.join(""), folded.length, folded.join(""), "", isGrowing) + noteHtml(note);
}

function noteHtml(note: string | undefined): string {
  return note ? `<div class="cn-label">… ${escapeHtml(note)}</div>` : "";
}

function withBreaks(lines: readonly string[]): string[] {
  return lines.map((line) => `${line}\n`);
}

function countLines(text: string): number {
  return text.split("\n").length;
}
