import type { Message } from "../../src/messages/types.js";
import { partsMarkdown } from "../panels/part-text.js";
import { sessionTurns } from "../session/session-turns.js";
import { harmlessMarkdown } from "./harmless-markdown.js";

/**
 * A conversation with Claude as markdown: each prompt as a quotation, and under it what came of it. HTML in it stays text.
 *
 * @param messages as `renderSessionPage` takes them
 */
export function renderSessionMarkdown(
  messages: readonly Message[],
  options: { readonly title?: string | undefined } = {},
): string {
  const turns = sessionTurns(messages);
  const title = (options.title ?? "Session").replace(/\s+/g, " ").trim();
  const blocks = turns.flatMap(({ prompt, parts }, i) => [
    `## Turn ${i + 1}`,
    ...(prompt === undefined ? [] : [quoted(prompt)]),
    harmlessMarkdown(partsMarkdown(parts)),
  ]);
  return `${[`# ${harmlessMarkdown(title)}`, ...blocks].filter(Boolean).join("\n\n")}\n`;
}

function quoted(prompt: string): string {
  return harmlessMarkdown(prompt.trim()).replace(/^/gm, "> ");
}
