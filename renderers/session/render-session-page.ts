import type { Message } from "../../src/messages/types.js";
import { escapeHtml } from "../html/escape.js";
import { renderMarkdownHtml } from "../markdown/render-markdown-html.js";
import type { Heading } from "../page/contents.js";
import { pageHtml } from "../page/page-html.js";
import { partsHtml } from "../panels/part-html.js";
import { type SessionTurn, sessionTurns } from "./session-turns.js";

/** How a session's page is drawn. */
export interface SessionPageOptions {
  /** The title of the page. @defaultValue the first prompt's first line, else "Session" */
  readonly title?: string | undefined;
  /** The language of the page's words, for `<html lang>`. @defaultValue "en" */
  readonly lang?: string | undefined;
}

/** Longest title and entry of the contents, in characters. */
const MAX_TITLE_CHARS = 90;

/**
 * A conversation with Claude as one HTML file, a page like {@link renderNotebookPage}'s: each prompt, and under it the panels of
 * what came of it. The same messages give the same bytes.
 *
 * @param messages as `query` or `getSessionMessages` give them, or as they were saved; of one session, in order
 */
export function renderSessionPage(messages: readonly Message[], options: SessionPageOptions = {}): string {
  const turns = sessionTurns(messages);
  const headings = turns.flatMap(({ prompt }, i): Heading[] =>
    prompt === undefined ? [] : [{ id: turnId(i), text: titleOf(prompt), level: 1 }],
  );
  const title = options.title ?? headings[0]?.text ?? "Session";
  const heading = `<h1>${escapeHtml(title)}</h1>`;
  return pageHtml({ lang: options.lang, title, heading, headings, main: turns.map(turnHtml).join("\n") });
}

function turnId(index: number): string {
  return `turn-${index + 1}`;
}

function titleOf(prompt: string): string {
  const line = prompt.split("\n", 1)[0]!.replace(/^#+ /, "");
  return line.length > MAX_TITLE_CHARS ? `${line.slice(0, MAX_TITLE_CHARS).trimEnd()} …` : line;
}

function turnHtml({ prompt, parts }: SessionTurn, index: number): string {
  const words =
    prompt === undefined
      ? ""
      : `<div class="cn prompt"><div class="cn-text">${renderMarkdownHtml(prompt).trimEnd()}</div></div>\n`;
  return `<section class="turn" id="${turnId(index)}" aria-label="Turn ${index + 1}">${words}<div class="cn">${partsHtml(parts)}</div></section>`;
}
