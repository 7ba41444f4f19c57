import { renderMarkdownHtml } from "../markdown/render-markdown-html.js";
import { RESPONSE_MIME, type ResponseBundle } from "../response/parts.js";
import { responseStyle } from "../style/response-style.js";
import type { MimeBundle } from "./mime-bundle.js";
import { wellFormed } from "./stored-parts.js";

/** Markdown in the look of an answer, for `render_markdown`; an export draws it again from its text. */
export function renderMarkdownBundle(text: string): MimeBundle {
  const markdown = wellFormed(text);
  const html = renderMarkdownHtml(markdown).trimEnd();
  const part = { id: "markdown", type: "text", state: "done", text: markdown } as const;
  const stored: ResponseBundle = { version: 1, response: "markdown", parts: [part] };
  return {
    "text/html": `<style>${responseStyle()}</style><div class="cn"><div class="cn-text">${html}</div></div>`,
    "text/markdown": markdown,
    "text/plain": markdown,
    [RESPONSE_MIME]: stored,
  };
}
