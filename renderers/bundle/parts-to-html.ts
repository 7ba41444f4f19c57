import { partsHtml } from "../panels/part-html.js";
import type { Part } from "../response/parts.js";

/**
 * The HTML of parts, one after another, without the style sheet: for a page of your own. Put it into an element of the class
 * `cn`, and `responseStyle()` into the page once.
 */
export function partsToHtml(parts: readonly Part[]): string {
  return partsHtml(parts);
}
