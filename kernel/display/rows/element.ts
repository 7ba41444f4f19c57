import type { DisplayFormatter } from "../display-formatter.js";
import { MAX_MARKUP_CHARS } from "../limits.js";
import { hasClassGetter } from "../peek.js";
import { withNamespace } from "../svg-text.js";

interface DomElement {
  readonly outerHTML: string;
  readonly tagName?: unknown;
}

/** Markup that runs or loads something: that of a page from elsewhere must not do so in the notebook. */
const ACTIVE =
  /<(?:script|iframe|object|embed|link|meta|base|form)\b|[\s"'/]on\w+\s*=|javascript:|\b(?:src|srcset|poster)\s*=\s*(?:["']\s*)?(?:https?:)?\/\//i;

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
    if (ACTIVE.test(markup)) {
      return {
        "text/plain": `[${text}: it runs or loads something; html\`\${element.outerHTML}\` shows it all the same]`,
      };
    }
    return { "text/html": markup, "text/plain": `[${text}]` };
  },
};
