import type { Message } from "../../src/messages/types.js";
import { escapeHtml } from "../html/escape.js";
import type { Heading } from "../page/contents.js";
import { pageHtml } from "../page/page-html.js";
import { createPageIds } from "../page/page-ids.js";
import { type SessionTurn, sessionTurns } from "./session-turns.js";
import { turnHtml } from "./turn-html.js";

/** How a session's page is drawn. */
export interface SessionPageOptions {
  /** The title of the page. @defaultValue the first prompt's first line, else "Session" */
  readonly title?: string | undefined;
  /** The language of the page's words, for `<html lang>`. @defaultValue "en" */
  readonly lang?: string | undefined;
  /** What Claude did between its words stands behind folds that count it. @defaultValue false */
  readonly fold?: boolean | undefined;
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
  return renderTurnsPage(sessionTurns(messages), options);
}

/** The page of turns that are taken apart already. */
export function renderTurnsPage(turns: readonly SessionTurn[], options: SessionPageOptions = {}): string {
  const ids = createPageIds();
  const places = turns.map((_, i) => ids.claim(`turn-${i + 1}`));
  const headings = turns.flatMap(({ prompt }, i): Heading[] =>
    prompt === undefined ? [] : [{ id: places[i]!, text: titleOf(prompt), level: 1 }],
  );
  const title = options.title ?? headings[0]?.text ?? "Session";
  const main = turns.map((turn, i) => {
    const place = { id: places[i]!, number: i + 1 };
    return turnHtml(turn, place, { ids, fold: options.fold ?? false });
  });
  return pageHtml({
    lang: options.lang,
    title,
    heading: `<h1>${escapeHtml(title)}</h1>`,
    headings,
    main: main.join("\n"),
  });
}

function titleOf(prompt: string): string {
  const line = prompt.split("\n", 1)[0]!.replace(/^#+ /, "");
  return line.length > MAX_TITLE_CHARS ? `${line.slice(0, MAX_TITLE_CHARS).trimEnd()} …` : line;
}
