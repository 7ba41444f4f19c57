import { parseHtml } from "../../support/html-page.js";

/** Everything that our HTML may consist of, besides the style sheet: what is not named here is a hole. */
const TAGS = new Set([
  "a", "b", "blockquote", "br", "code", "details", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li",
  "ol", "p", "pre", "s", "span", "strong", "style", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
]); // biome-ignore format: a list
const ATTRIBUTES = new Set(["a.href", "a.rel", "a.title", "img.src", "img.alt", "ol.start", "details.open"]);
/** MathML as KaTeX writes it: elements that show, and attributes with a word, a size or a colour; none that links or loads. */
const MATH_TAGS = new Set([
  "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "ms", "mspace", "msqrt",
  "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "semantics",
]); // biome-ignore format: a list
const MATH_ATTRIBUTES = new Set([
  "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle", "fence", "form",
  "height", "linebreak", "linethickness", "lspace", "mathbackground", "mathcolor", "mathsize", "mathvariant", "maxsize",
  "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "side", "stretchy",
  "symmetric", "voffset", "width", "xmlns",
]); // biome-ignore format: a list
const MATH_VALUE = /^(?:[\w\s#.%+-]*|http:\/\/www\.w3\.org\/1998\/Math\/MathML)$/;
const CLASS = /^(?:cn(?:-[a-z]+)*|highlight|ansi-[a-z-]+|[a-z]{1,2}\d?)$/;
const DECLARATION =
  /^(?:color|background-color|border|border-left|border-radius|margin|padding|padding-left|padding-top|font-size|font-style|text-align|text-decoration|opacity|white-space|max-width|list-style-type|cursor):[\w\s#.,()%-]+$/;

/** What in an HTML text is not on the allowlist; empty for safe HTML. */
export function findUnsafe(html: string): string[] {
  const page = parseHtml(html);
  const tags = page.tags.filter((tag) => !TAGS.has(tag) && !MATH_TAGS.has(tag)).map((tag) => `<${tag}>`);
  const attributes = page.attributes
    .filter(({ tag, name, value }) => !isSafeAttribute(tag, name, value))
    .map(({ tag, name, value }) => `${tag} ${name}="${value}"`);
  return [...tags, ...attributes];
}

function isSafeAttribute(tag: string, name: string, value: string): boolean {
  if (name === "class") return value.split(" ").every((word) => CLASS.test(word));
  if (name === "style")
    return (
      value.split(";").every((declaration) => DECLARATION.test(declaration)) &&
      !/url|expression|import/i.test(value)
    );
  if (MATH_TAGS.has(tag)) return MATH_ATTRIBUTES.has(name) && MATH_VALUE.test(value);
  if (tag === "code" && name === "hidden") return value === "";
  if (!ATTRIBUTES.has(`${tag}.${name}`)) return false;
  if (name === "href") return /^(?:https?:\/\/|mailto:|#)/i.test(value);
  if (name === "src") return /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/i.test(value);
  if (name === "rel") return value === "noopener noreferrer";
  return true;
}
