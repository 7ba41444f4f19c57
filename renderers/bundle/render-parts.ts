import { partsHtml } from "../panels/part-html.js";
import { partsMarkdown, partsText } from "../panels/part-text.js";
import { type Part, RESPONSE_MIME, type ResponseBundle } from "../response/parts.js";
import { responseStyle } from "../style/response-style.js";
import type { MimeBundle } from "./mime-bundle.js";
import { storedParts, wellFormed } from "./stored-parts.js";

/** How parts are drawn into a bundle. */
export interface RenderPartsOptions {
  /** Puts the style sheet before the panels: true for the first output of a response. */
  readonly includeStyle: boolean;
  /** The id of the response, stored with the parts. */
  readonly response: string;
}

/**
 * One output of a notebook: parts as HTML for notebooks, with markdown and plain text for front ends that show no HTML,
 * and the parts themselves, from which an export draws them again.
 */
export function renderParts(
  parts: readonly Part[],
  { includeStyle, response }: RenderPartsOptions,
): MimeBundle {
  const stored: ResponseBundle = { version: 1, response: wellFormed(response), parts: storedParts(parts) };
  return {
    "text/html": responseHtml(parts, includeStyle),
    "text/markdown": wellFormed(partsMarkdown(parts)),
    "text/plain": wellFormed(partsText(parts)),
    [RESPONSE_MIME]: stored,
  };
}

/** The HTML of one output of a response. */
export function responseHtml(parts: readonly Part[], includeStyle: boolean): string {
  const style = includeStyle ? `<style>${responseStyle()}</style>` : "";
  return `${style}<div class="cn">${partsHtml(parts)}</div>`;
}
