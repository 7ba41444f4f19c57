import type { DisplayFormatter } from "../display-formatter.js";
import { MAX_MARKUP_CHARS } from "../limits.js";
import { hasClassGetter } from "../peek.js";
import { withNamespace } from "../svg-text.js";

interface DomElement {
  readonly outerHTML: string;
  readonly tagName?: unknown;
}

/** Elements of jsdom, linkedom and the like, among them what Observable Plot draws. */
export const element: DisplayFormatter = {
  name: "element",
  matches: (value) => hasClassGetter(value, "outerHTML"),
  format(value) {
    const { outerHTML, tagName } = value as DomElement;
    const markup = String(outerHTML);
    const name = String(tagName).toLowerCase();
    const text = `<${name}> element, ${markup.length.toLocaleString("en-US")} characters`;
    if (markup.length > MAX_MARKUP_CHARS) {
      return { "text/plain": `[${text}: too large to be kept in the notebook]` };
    }
    if (name === "svg") return { "image/svg+xml": withNamespace(markup), "text/plain": `[${text}]` };
    return { "text/html": markup, "text/plain": `[${text}]` };
  },
};
