import { isAllowedLink, isInlineImage } from "../../../markdown/link-policy.js";
import { decodeEntities } from "./decode-entities.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Elements that our renderers write; another one becomes a `<span>`, with its text and without its meaning. */
const HTML_TAGS = new Set(
  "a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s section span strong sub summary sup table tbody td th thead tr ul".split(
    " ",
  ),
);

const MATH_TAGS = new Set(
  "math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split(
    " ",
  ),
);

/** Attributes without which nothing is lost but looks; no address, no script, no name that other code looks for. */
const PLAIN_ATTRIBUTES = new Set("class title alt open hidden start colspan rowspan align dir".split(" "));

const MATH_ATTRIBUTES = new Set(
  "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form height linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing rspace scriptlevel separator side stretchy symmetric voffset width".split(
    " ",
  ),
);

/** Attributes that are kept only with a value that is allowed, which may be another one than was given. */
const CHECKED_ATTRIBUTES: Readonly<Record<string, (value: string) => string | undefined>> = {
  href: (url) => (isAllowedLink(url) && !url.startsWith("#") ? url : undefined),
  src: (url) => (isInlineImage(url) ? url : undefined),
  // Nothing that loads, leaves its place or covers something else.
  style: (css) =>
    /url|expression|@|\\|image|position|z-index|inset|transform|animation|filter|(?:^|[^-])content/i.test(css)
      ? undefined
      : css,
};

const ATTRIBUTE = /([a-zA-Z-]+)(?:="([^"]*)")?/g;

/** Creates an element of the allowlist. @param attributes as they stand in the tag, values in double quotes */
export function createElement(tag: string, attributes: string, parent: Element | undefined): Element {
  const name = tag.toLowerCase();
  const isMath = MATH_TAGS.has(name) && (name === "math" || parent?.namespaceURI === MATHML);
  const element = isMath
    ? document.createElementNS(MATHML, name)
    : document.createElement(HTML_TAGS.has(name) ? name : "span");
  for (const [, attribute = "", value = ""] of attributes.matchAll(ATTRIBUTE)) {
    const kept = allowedValue(attribute.toLowerCase(), decodeEntities(value), isMath);
    if (kept !== undefined) element.setAttribute(attribute.toLowerCase(), kept);
  }
  if (name === "a") {
    element.setAttribute("target", "_blank");
    element.setAttribute("rel", "noopener noreferrer");
  }
  return element;
}

function allowedValue(name: string, value: string, isMath: boolean): string | undefined {
  if (Object.hasOwn(CHECKED_ATTRIBUTES, name)) return CHECKED_ATTRIBUTES[name]!(value);
  return PLAIN_ATTRIBUTES.has(name) || (isMath && MATH_ATTRIBUTES.has(name)) ? value : undefined;
}
