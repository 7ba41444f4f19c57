import { ansiHtmlLines } from "../ansi/ansi-html.js";
import { parseResponseBundle } from "../bundle/parse-response-bundle.js";
import { codeBlockHtml } from "../code/runs-html.js";
import { escapeHtml } from "../html/escape.js";
import { imageHtml } from "../html/image.js";
import { renderMarkdownHtml } from "../markdown/render-markdown-html.js";
import { partsHtml } from "../panels/part-html.js";
import { showJson } from "../panels/read-value.js";
import { RESPONSE_MIME } from "../response/parts.js";
import { sectionHtml } from "../sections/section-html.js";
import { joinLines, type NotebookOutput } from "./notebook-document.js";
import { sanitizeOutputHtml } from "./sanitize-output.js";

/** Draws one representation of a value; undefined when the data is not what its media type says. */
type DrawMime = (data: unknown, mediaType: string) => string | undefined;

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
  ["text/markdown", (data) => `<div class="cn-text">${renderMarkdownHtml(joinLines(data)).trimEnd()}</div>`],
  ["text/latex", drawText],
  ["application/json", (data) => codeBlockHtml(showJson(data), "json")],
  ["text/plain", drawText],
];

/** The outputs of a cell as HTML, in order; text of one stream that came in pieces is one text. */
export function outputsHtml(outputs: readonly NotebookOutput[]): string {
  return mergeStreams(outputs).map(outputHtml).filter(Boolean).join("\n");
}

const OUTPUT_TYPES: Readonly<Record<string, (output: NotebookOutput) => string>> = {
  stream: (output) => streamHtml(joinLines(output.text), output.name === "stderr"),
  error: (output) => errorHtml(output),
  display_data: ({ data }) => dataHtml(data ?? {}),
  execute_result: ({ data }) => dataHtml(data ?? {}),
};

function outputHtml(output: NotebookOutput): string {
  const type = String(output.output_type);
  const draw = Object.hasOwn(OUTPUT_TYPES, type) ? OUTPUT_TYPES[type] : undefined;
  if (!draw) return noteHtml(`output of the unknown type ${type}`);
  try {
    return draw(output);
  } catch (error) {
    return noteHtml(`this output of type ${type} cannot be drawn: ${reasonOf(error)}`);
  }
}

function mergeStreams(outputs: readonly NotebookOutput[]): NotebookOutput[] {
  const merged: NotebookOutput[] = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    const isContinued =
      last?.output_type === "stream" && output.output_type === "stream" && last.name === output.name;
    if (isContinued)
      merged[merged.length - 1] = { ...last, text: joinLines(last.text) + joinLines(output.text) };
    else merged.push(output);
  }
  return merged;
}

function streamHtml(text: string, isError: boolean): string {
  if (text === "") return "";
  const section = sectionHtml({ type: "output", text, ...(isError ? { label: "stderr" } : {}) }, () => "");
  return `<div class="cn cn-stream${isError ? " cn-stderr" : ""}">${section}</div>`;
}

/** An error with its traceback, which already says name and message when there is one. */
function errorHtml({ ename = "Error", evalue = "", traceback = [] }: NotebookOutput): string {
  const text = joinLines(traceback.map((line) => `${line}\n`)) || `${ename}: ${evalue}`;
  const title = `<b class="cn-name">✗ ${escapeHtml(String(ename))}</b>`;
  const lines = ansiHtmlLines(text.trimEnd()).join("\n");
  return `<div class="cn"><div class="cn-panel cn-notice cn-error cn-trace">${title}<pre>${lines}</pre></div></div>`;
}

function dataHtml(data: Readonly<Record<string, unknown>>): string {
  for (const [mediaType, draw] of MIME_TYPES) {
    if (!Object.hasOwn(data, mediaType)) continue;
    try {
      const html = draw(data[mediaType], mediaType);
      if (html !== undefined) return html === "" ? "" : `<div class="cn">${html}</div>`;
    } catch (error) {
      // One bad output must not cost the page: what comes next in the order of preference says the same more plainly.
      const { [mediaType]: _failed, ...rest } = data;
      return noteHtml(`the ${mediaType} of this output cannot be drawn: ${reasonOf(error)}`) + dataHtml(rest);
    }
  }
  const types = Object.keys(data);
  return types.length === 0
    ? ""
    : noteHtml(`output of type ${types.join(", ")}, which this page cannot show`);
}

function drawResponse(data: unknown): string | undefined {
  const response = parseResponseBundle(data);
  return response && partsHtml(response.parts);
}

/** In an image an SVG can neither run script nor load anything. */
function drawSvg(data: unknown): string | undefined {
  const svg = joinLines(data);
  if (!/<svg[\s>]/i.test(svg)) return undefined;
  const base64 = Buffer.from(svg, "utf8").toString("base64");
  return `<img class="cn-image" src="data:image/svg+xml;base64,${base64}" alt="output image">`;
}

/** HTML that is empty once its script is gone leaves the place to the next representation. */
function drawHtml(data: unknown): string | undefined {
  const html = sanitizeOutputHtml(joinLines(data)).trim();
  return html === "" ? undefined : `<div class="cn-html">${html}</div>`;
}

function drawText(data: unknown): string {
  return sectionHtml({ type: "output", text: joinLines(data) }, () => "");
}

/** First line of an error's message, short enough for a note. */
function reasonOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split("\n", 1)[0]!
    .slice(0, 200);
}

function noteHtml(text: string): string {
  return `<div class="cn"><div class="cn-label">${escapeHtml(text)}</div></div>`;
}
