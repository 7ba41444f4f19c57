import { escapeHtml, replaceInvisible } from "../html/escape.js";
import type { PageIds } from "./page-ids.js";

/** A heading of the page that can be linked to. */
export interface Heading {
  readonly id: string;
  readonly text: string;
  /** 1 to 6. */
  readonly level: number;
}

/** Contents are worth their room from this many headings on. */
const MIN_HEADINGS = 3;

/** Deepest heading that is listed. */
const MAX_LEVEL = 3;

/** Longest id, in characters: longer addresses cannot be read or passed on. */
const MAX_SLUG_CHARS = 80;

/** Notes the headings of a page and gives each an id that is used once, as Jupyter forms them: blanks become dashes. */
export function createHeadings(ids: PageIds) {
  const headings: Heading[] = [];
  return {
    headings,
    add(text: string, level: number): string {
      const id = ids.claim(slugOf(text));
      headings.push({ id, text, level });
      return id;
    },
  };
}

function slugOf(text: string): string {
  const words = replaceInvisible(text.trim().slice(0, MAX_SLUG_CHARS)).replace(/[<>"'&`]/g, "");
  return words.trim().replace(/\s+/g, "-") || "section";
}

/** The contents of a page; "" when it has few headings. */
export function contentsHtml(headings: readonly Heading[]): string {
  const listed = headings.filter(({ level }) => level <= MAX_LEVEL);
  if (listed.length < MIN_HEADINGS) return "";
  const top = Math.min(...listed.map(({ level }) => level));
  const items = listed.map(({ id, text, level }) => {
    const indent = level > top ? ` style="padding-left:${(level - top) * 16}px"` : "";
    return `<li${indent}><a href="#${escapeHtml(encodeURIComponent(id))}">${escapeHtml(text)}</a></li>`;
  });
  return `<nav aria-label="Contents"><details open><summary>Contents</summary><ol>${items.join("")}</ol></details></nav>`;
}
