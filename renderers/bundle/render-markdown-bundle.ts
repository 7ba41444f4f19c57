import { renderMarkdownHtml } from "../markdown/render-markdown-html.js";
import { RESPONSE_STYLE } from "../style/response-style.js";
import type { MimeBundle } from "./mime-bundle.js";

/** Markdown in the look of an answer, for `render_markdown`. */
export function renderMarkdownBundle(markdown: string): MimeBundle {
  const html = renderMarkdownHtml(markdown).trimEnd();
  return {
    "text/html": `<style>${RESPONSE_STYLE}</style><div class="cn"><div class="cn-text">${html}</div></div>`,
    "text/markdown": markdown,
    "text/plain": markdown,
  };
}
