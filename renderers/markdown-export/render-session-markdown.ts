import { partsMarkdown } from "../panels/part-text.js";
import type { SessionTurn } from "../session/session-turns.js";
import { harmlessMarkdown } from "./harmless-markdown.js";

/**
 * A conversation with Claude as markdown: each prompt as a quotation, and under it what came of it. HTML in it stays text.
 */
export function renderSessionMarkdown(
  turns: readonly SessionTurn[],
  options: { readonly title?: string | undefined } = {},
): string {
  const title = (options.title ?? "Session").replace(/\s+/g, " ").trim();
  const blocks = turns.flatMap(({ prompt, parts }, i) => [
    `## Turn ${i + 1}`,
    ...(prompt === undefined ? [] : [quoted(prompt)]),
    harmlessMarkdown(partsMarkdown(parts), "link"),
  ]);
  return `${[`# ${harmlessMarkdown(title)}`, ...blocks].filter(Boolean).join("\n\n")}\n`;
}

function quoted(prompt: string): string {
  return harmlessMarkdown(prompt.trim()).replace(/^/gm, "> ");
}
