import { escapeHtml } from "../html/escape.js";
import { htmlFile, onlyScript } from "../page/html-file.js";
import { INDEX_SCRIPT } from "./index-script.js";
import { INDEX_STYLE } from "./index-style.js";
import { type PageFacts, readPage } from "./read-page.js";

/** A page that the index lists. */
export interface IndexEntry {
  /** Where the page is, seen from the index; with `/`. */
  readonly address: string;
  /** The name of the file that the page was made from. */
  readonly name: string;
  /** The page, as `renderNotebookPage` or `renderSessionPage` has made it. */
  readonly page: string;
}

export interface IndexPageOptions {
  /** @defaultValue "Notebooks" */
  readonly title?: string | undefined;
  /** The language of the page's words, for `<html lang>`. @defaultValue "en" */
  readonly lang?: string | undefined;
}

/**
 * An index of exported pages as one HTML file, with a search over all they say. It loads nothing; without script it is the list.
 * The same pages give the same bytes.
 */
export function renderIndexPage(entries: readonly IndexEntry[], options: IndexPageOptions = {}): string {
  const { title = "Notebooks", lang = "en" } = options;
  const pages = entries.map((entry) => ({ ...entry, facts: readPage(entry.page) }));
  // The words of the page first: what is found is shown among them.
  const texts = pages.map(({ name, facts }) => [facts.text, facts.title, name, ...facts.headings].join(" "));
  return htmlFile({
    lang,
    title,
    style: INDEX_STYLE,
    allowed: [onlyScript(INDEX_SCRIPT)],
    body: `<main>
<h1>${escapeHtml(title)}</h1>
<form role="search" hidden><input type="search" aria-label="Search all pages" placeholder="Search all pages"></form>
<p role="status" hidden></p>
<ol>
${pages.map(({ address, name, facts }) => itemHtml(address, name, facts)).join("\n")}
</ol>
</main>
<script type="application/json" id="texts">${jsonInHtml(texts)}</script>
<script>${INDEX_SCRIPT}</script>`,
  });
}

function itemHtml(address: string, name: string, { title, cells, errors, headings }: PageFacts): string {
  const href = address.split("/").map(encodeURIComponent).join("/");
  // A relative address must not read as one with a scheme: "a:b.html".
  const link = `<a href="./${escapeHtml(href)}">${escapeHtml(title || name)}</a>`;
  const failed = errors === 0 ? "" : ` <b class="failed">✗ ${count(errors, "error")}</b>`;
  const facts = `<span class="facts">${escapeHtml(name)} · ${count(cells, "cell")}${failed}</span>`;
  const list = headings.map((heading) => `<li>${escapeHtml(heading)}</li>`).join("");
  const more =
    list && `<details><summary>${count(headings.length, "heading")}</summary><ul>${list}</ul></details>`;
  return `<li>${link} ${facts}<p class="found" hidden></p>${more}</li>`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

/** JSON that neither ends its script element nor begins a comment in it. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
