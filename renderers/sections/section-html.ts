import { ansiHtmlLines } from "../ansi/ansi-html.js";
import { highlightCode, splitRunLines } from "../code/highlight-code.js";
import { numberedLinesHtml, runsHtml } from "../code/runs-html.js";
import { diffHtmlLines } from "../diff/diff-lines.js";
import { escapeHtml } from "../html/escape.js";
import { imageHtml } from "../html/image.js";
import { renderOpenMarkdown } from "../markdown/open-markdown.js";
import { renderMarkdownHtml } from "../markdown/render-markdown-html.js";
import type { Part } from "../response/parts.js";
import { cutText, foldLabel, foldLines, HEAD_LINES } from "./fold-lines.js";
import type { ChecklistItem, Section } from "./section.js";

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
    const cut = cutText(text.replace(/\n+$/, ""));
    const { shown, folded } = foldLines(withBreaks(ansiHtmlLines(cut.text)), HEAD_LINES.output);
    const html = foldHtml(shown.join(""), folded.length, folded.join(""), 'class="cn-out"');
    return `${label ? `<div class="cn-label">${escapeHtml(label)}</div>` : ""}${html}${noteHtml(cut.note)}`;
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
  checklist({ items }) {
    return `<ul class="cn-checks" style="list-style-type:none;padding-left:0">${items.map(checkHtml).join("")}</ul>`;
  },
  hints({ hints }) {
    return `<ul class="cn-hints">${hints.map((hint) => `<li>${inlineCodeHtml(hint)}</li>`).join("")}</ul>`;
  },
  image({ mediaType, data, alt }) {
    return (
      imageHtml(mediaType, data, alt) ?? `<div class="cn-label">${escapeHtml(`image (${mediaType})`)}</div>`
    );
  },
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
};

function checkHtml({ text, state }: ChecklistItem): string {
  return CHECKS[state](escapeHtml(text));
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

function foldHtml(shown: string, count: number, folded: string, attributes = "", isGrowing = false): string {
  const open = attributes ? `<pre ${attributes}>` : "<pre>";
  const pre = `${open}${shown.replace(/\n$/, "")}</pre>`;
  if (count === 0) return pre;
  const summary = `<summary>${foldLabel(count, isGrowing)}</summary>`;
  const fold = `<details class="cn-more">${summary}${open}${folded.replace(/\n$/, "")}</pre></details>`;
  return isGrowing ? fold + pre : pre + fold;
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
