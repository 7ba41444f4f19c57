import sanitize from "sanitize-html";
import { isAllowedLink, isInlineImage } from "../markdown/link-policy.js";

/** Elements that outputs may use: text, tables, folds and inline images. Forms, frames, media, SVG and script are out. */
const TAGS = [
  "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "div", "dl",
  "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol",
  "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
  "thead", "time", "tr", "u", "ul", "var", "wbr",
]; // biome-ignore format: a list

const COLOR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|(?:rgb|hsl)a?\([\d\s.,%/]+\))$/i;
const LENGTHS =
  /^(?:-?[\d.]+(?:px|em|rem|ex|ch|%|pt)?|auto)(?:\s+(?:-?[\d.]+(?:px|em|rem|ex|ch|%|pt)?|auto)){0,3}$/;
const WORD = /^[a-z-]{1,30}$/i;

/** Declarations that only change how text looks in its place: nothing that loads, covers the page or moves out of the output. */
const STYLES: Record<string, RegExp[]> = {
  color: [COLOR],
  "background-color": [COLOR],
  "border-color": [COLOR],
  "text-align": [WORD],
  "text-decoration": [WORD],
  "vertical-align": [WORD],
  "font-weight": [/^(?:[a-z]+|\d{3})$/],
  "font-style": [WORD],
  "font-size": [LENGTHS, WORD],
  "white-space": [WORD],
  width: [LENGTHS],
  "min-width": [LENGTHS],
  "max-width": [LENGTHS],
  height: [LENGTHS],
  "max-height": [LENGTHS],
  padding: [LENGTHS],
  "padding-left": [LENGTHS],
  "padding-right": [LENGTHS],
  border: [/^[\d.]+(?:px|em)?(?:\s+(?:solid|dashed|dotted|none))?(?:\s+(?:#[0-9a-f]{3,8}|[a-z]{3,20}))?$/i],
  "border-collapse": [WORD],
  "overflow-x": [WORD],
  "font-variant-numeric": [WORD],
};

/** HTML of a notebook's output without anything that runs, loads, submits or covers the page. Never for our own panels. */
export function sanitizeOutputHtml(html: string): string {
  return sanitize(html, {
    allowedTags: TAGS,
    nonTextTags: [
      "script",
      "style",
      "textarea",
      "option",
      "noscript",
      "template",
      "iframe",
      "svg",
      "math",
      "title",
    ],
    allowedAttributes: {
      "*": ["style", "title", "lang", "dir"],
      a: ["href", "rel"],
      img: ["src", "alt", "width", "height"],
      table: ["class"],
      td: ["colspan", "rowspan", "align"],
      th: ["colspan", "rowspan", "align", "scope"],
      col: ["span"],
      colgroup: ["span"],
      ol: ["start", "type"],
      details: ["open"],
    },
    allowedClasses: { table: ["dataframe"] },
    allowedStyles: { "*": STYLES },
    allowedSchemes: ["http", "https", "mailto"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    transformTags: { a: keepSafeLink, img: keepInlineImage },
    exclusiveFilter: ({ tag, attribs }) => tag === "img" && attribs.src === undefined,
    nestingLimit: 100,
  });
}

function keepSafeLink(tagName: string, { href = "", title }: sanitize.Attributes): sanitize.Tag {
  const attribs: sanitize.Attributes = isAllowedLink(href) ? { href, rel: "noopener noreferrer" } : {};
  return { tagName, attribs: title ? { ...attribs, title } : attribs };
}

/** An image that would load from somewhere becomes its name. */
function keepInlineImage(tagName: string, attribs: sanitize.Attributes): sanitize.Tag {
  const { src = "", alt = "" } = attribs;
  if (isInlineImage(src.replace(/\s+/g, ""))) return { tagName, attribs };
  return { tagName: "span", attribs: {}, text: `[image: ${alt || "not loaded"}]` };
}
