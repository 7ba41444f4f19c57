import { checkOptions, checkText } from "./check-input.js";
import { createMarkdown, type MarkdownOptions } from "./markdown.js";

const shared = createMarkdown();

/**
 * The HTML of a whole markdown text, safe to show wherever the text comes from.
 *
 * @throws TypeError when `markdown` is no string, for an unknown option, or one that is no function
 * @example
 *     renderMarkdownHtml("# Hello\nThis is **bold**"); // "<h1>Hello</h1>\n<p>This is <strong>bold</strong></p>\n"
 */
export function renderMarkdownHtml(markdown: string, options?: MarkdownOptions): string {
  checkText("The markdown of renderMarkdownHtml()", markdown);
  checkOptions("renderMarkdownHtml", options);
  return (options ? createMarkdown(options) : shared).render(markdown);
}
