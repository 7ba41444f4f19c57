import { parseResponseBundle } from "../bundle/parse-response-bundle.js";
import { codeBlockHtml } from "../code/runs-html.js";
import { imageHtml, MAX_IMAGE_CHARS } from "../html/image.js";
import { MAX_HTML_LEVELS, nestsTooDeep } from "../html/nests-too-deep.js";
import { latexHtml } from "../markdown/latex-html.js";
import { renderMarkdownHtml } from "../markdown/render-markdown-html.js";
import { partsHtml } from "../panels/part-html.js";
import { showJson } from "../panels/read-value.js";
import { RESPONSE_MIME } from "../response/parts.js";
import { cutText } from "../sections/fold-lines.js";
import { sectionHtml } from "../sections/section-html.js";
import { noteHtml, reasonOf } from "./note-html.js";
import { joinLines } from "./notebook-document.js";
import type { OutputContext } from "./output-context.js";
import { sanitizeOutputHtml } from "./sanitize-output.js";
import { unshownNote } from "./unshown-note.js";

/** One value in several forms: media type → data. */
type MimeData = Readonly<Record<string, unknown>>;

/** Draws one form of a value; undefined when the data is not what its media type says, or is nothing that shows. */
type DrawMime = (data: unknown, mediaType: string, context: OutputContext) => string | undefined;

/** Largest HTML of an output that is read, in characters: a page of more is slow to open, and so is its export. */
export const MAX_HTML_CHARS = 4_000_000;

const drawImage: DrawMime = (data, mediaType) => imageHtml(mediaType, joinLines(data), "output image");

/**
 * Media types in the order of preference. Our own parts are drawn again from their data, never from stored HTML; pictures
 * come before HTML, since chart libraries send HTML that needs their script.
 */
const MIME_TYPES: readonly (readonly [mediaType: string, draw: DrawMime])[] = [
  [RESPONSE_MIME, drawResponse],
  ["image/svg+xml", drawSvg],
  ["image/png", drawImage],
  ["image/jpeg", drawImage],
  ["image/gif", drawImage],
  ["image/webp", drawImage],
  ["text/html", drawHtml],
  ["text/markdown", drawMarkdown],
  ["text/latex", drawLatex],
  ["application/json", drawJson],
  ["text/plain", drawText],
];

/** Forms that say less than those before them. */
const PLAIN_TYPES: readonly string[] = ["application/json", "text/plain"];

/** A value as HTML: the richest form that can be shown, and a note where a richer one cannot. */
export function dataHtml(data: MimeData, context: OutputContext): string {
  if (Object.keys(data).length === 0) return "";
  const notes: string[] = [];
  for (const [mediaType, draw] of trusted(MIME_TYPES, context)) {
    if (!Object.hasOwn(data, mediaType)) continue;
    try {
      const html = draw(data[mediaType], mediaType, context);
      if (html === undefined) {
        const reason = refusalOf(mediaType, data[mediaType]);
        if (reason) notes.push(reason);
        continue;
      }
      if (html === "" && notes.length === 0) return "";
      const unshown = PLAIN_TYPES.includes(mediaType) ? unshownNote(Object.keys(data)) : undefined;
      const lines = [...notes, ...(unshown ? [unshown] : [])].map(noteHtml).join("");
      return `${lines}${html && `<div class="cn">${html}</div>`}`;
    } catch (error) {
      // One bad output must not cost the page: what comes next in the order of preference says the same more plainly.
      notes.push(`the ${mediaType} of this output cannot be drawn: ${reasonOf(error)}`);
    }
  }
  return (
    [...notes, unshownNote(Object.keys(data))].map((note) => (note ? noteHtml(note) : "")).join("") +
    rawHtml(data)
  );
}

/** With trust, the HTML of an output comes first: its script draws more than the picture beside it. */
function trusted(types: typeof MIME_TYPES, { trust }: OutputContext): typeof MIME_TYPES {
  if (!trust) return types;
  const html = types.filter(([mediaType]) => mediaType === "text/html");
  const own = types.filter(([mediaType]) => mediaType === RESPONSE_MIME);
  return [...own, ...html, ...types.filter((row) => !own.includes(row) && !html.includes(row))];
}

/** Why a form is passed over although it is there; undefined where that goes without saying. */
function refusalOf(mediaType: string, data: unknown): string | undefined {
  const { length } = joinLines(data);
  const most =
    mediaType === "text/html" ? MAX_HTML_CHARS : mediaType.startsWith("image/") ? MAX_IMAGE_CHARS : Infinity;
  if (length > most)
    return `${mediaType} of ${length.toLocaleString("en-US")} characters is not shown: the most is ${most.toLocaleString("en-US")}`;
  if (mediaType === "text/html" && length > 0) return "HTML that needs its script is not shown";
  return undefined;
}

function drawResponse(data: unknown, _mediaType: string, { marks }: OutputContext): string | undefined {
  const response = parseResponseBundle(data);
  return response && partsHtml(response.parts, 0, marks);
}

/** In an image an SVG can neither run script nor load anything. */
function drawSvg(data: unknown): string | undefined {
  const svg = joinLines(data);
  if (!/<svg[\s>]/i.test(svg) || svg.length > MAX_IMAGE_CHARS) return undefined;
  const base64 = Buffer.from(svg, "utf8").toString("base64");
  return `<img class="cn-image" src="data:image/svg+xml;base64,${base64}" alt="output image">`;
}

/** HTML that is empty once its script is gone leaves the place to the next form. */
function drawHtml(data: unknown, _mediaType: string, { trust }: OutputContext): string | undefined {
  const source = joinLines(data);
  if (source.length > MAX_HTML_CHARS) return undefined;
  // With trust too: the index of a folder reads the page.
  if (nestsTooDeep(source)) throw new Error(`its elements nest deeper than ${MAX_HTML_LEVELS} levels`);
  const html = trust ? source.trim() : sanitizeOutputHtml(source).trim();
  return trust || showsSomething(html) ? `<div class="cn-html">${html}</div>` : undefined;
}

function showsSomething(html: string): boolean {
  return /<(?:img|hr)\b/.test(html) || html.replace(/<[^>]*>|&nbsp;/g, "").trim() !== "";
}

function drawMarkdown(data: unknown): string {
  const { text, note } = cutText(joinLines(data));
  return `<div class="cn-text">${renderMarkdownHtml(text).trimEnd()}</div>${cutHtml(note)}`;
}

function drawJson(data: unknown): string {
  const { text, note } = cutText(showJson(data));
  return codeBlockHtml(text, "json") + cutHtml(note);
}

/** LaTeX that is no formula is shown as it stands, unless the value has a plain text too. */
function drawLatex(data: unknown): string | undefined {
  return latexHtml(joinLines(data));
}

function cutHtml(note: string | undefined): string {
  return note ? `<div class="cn-label">… ${note}</div>` : "";
}

function drawText(data: unknown): string {
  return sectionHtml({ type: "output", text: joinLines(data) }, () => "");
}

/** The data itself, of a value without any form that is known; HTML without its script would be noise. */
function rawHtml(data: MimeData): string {
  const readable = Object.entries(data).find(([mediaType]) => !UNREADABLE.test(mediaType));
  if (!readable) return "";
  const [, value] = readable;
  const text = typeof value === "string" || Array.isArray(value) ? joinLines(value) : showJson(value);
  return text === "" ? "" : `<div class="cn">${drawText(text)}</div>`;
}

const UNREADABLE = /^(?:image|audio|video|font)\/|^text\/html$|\/(?:pdf|zip|octet-stream)$/;
