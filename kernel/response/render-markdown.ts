import { renderMarkdownBundle } from "../../renderers/bundle/render-markdown-bundle.js";
import { notebookHost } from "../host.js";
import { terminalView } from "./terminal-view.js";

/**
 * Shows markdown with highlighted code, the way Claude's answers are shown. In plain Node it prints readable text.
 *
 * @example
 *     render_markdown("# Hello\nThis is **bold** with `code`");
 */
export function renderMarkdown(markdown: string): void {
  if (typeof markdown !== "string") {
    throw new TypeError(
      `render_markdown takes a string of markdown; it got ${markdown === null ? "null" : typeof markdown}.`,
    );
  }
  const cell = notebookHost()?.currentCell();
  if (cell) cell.display(renderMarkdownBundle(markdown));
  else
    terminalView("markdown").apply({
      type: "assistant",
      message: { content: [{ type: "text", text: markdown }] },
      content: [{ type: "text", text: markdown }],
    });
}
