import { createMarkdownStream, type MarkdownStream } from "./markdown-stream.js";

/** Texts that are remembered while they grow: a few answers at once, with subagents. */
const MAX_OPEN_TEXTS = 8;

const openTexts: { text: string; readonly stream: MarkdownStream }[] = [];

/**
 * The HTML of a text that is still growing: the same as the full render of it, but a text that continues one seen before
 * costs only what was added. Memory of the last {@link MAX_OPEN_TEXTS} texts, nothing else, is kept between calls.
 */
export function renderOpenMarkdown(text: string): string {
  const index = openTexts.findIndex((open) => open.text !== "" && text.startsWith(open.text));
  const [open = { text: "", stream: createMarkdownStream() }] =
    index === -1 ? [] : openTexts.splice(index, 1);
  open.stream.append(text.slice(open.text.length));
  open.text = text;
  openTexts.unshift(open);
  openTexts.length = Math.min(openTexts.length, MAX_OPEN_TEXTS);
  return open.stream.html();
}
