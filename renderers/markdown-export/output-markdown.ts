import { Parser } from "htmlparser2";
import { stripAnsi } from "../ansi/ansi-runs.js";
import { parseResponseBundle } from "../bundle/parse-response-bundle.js";
import { replaceInvisible } from "../html/escape.js";
import { nestsTooDeep } from "../html/nests-too-deep.js";
import { mergeStreams } from "../page/merge-streams.js";
import { joinLines, type NotebookOutput } from "../page/notebook-document.js";
import { partsMarkdown } from "../panels/part-text.js";
import { showJson } from "../panels/read-value.js";
import { RESPONSE_MIME } from "../response/parts.js";
import { trimEndOf } from "../text/trim-end.js";
import { fenced } from "./fenced.js";
import { harmlessMarkdown } from "./harmless-markdown.js";
import type { PictureStore } from "./picture-store.js";

/** Where an output stands. */
interface OutputPlace {
  readonly pictures: PictureStore;
  /** What a picture of it is called, without ending. */
  readonly name: string;
}

/** Writes one representation of a value; undefined when the data is not what its media type says. */
type WriteMime = (data: unknown, place: OutputPlace, mediaType: string) => string | undefined;

const writePicture: WriteMime = (data, { pictures, name }, mediaType) => pictures.add(name, mediaType, data);

/** Media types in the order of preference. Our own parts are written again from their data, never taken as stored. */
const MIME_TYPES: readonly (readonly [mediaType: string, write: WriteMime])[] = [
  [RESPONSE_MIME, writeResponse],
  ["image/svg+xml", writePicture],
  ["image/png", writePicture],
  ["image/jpeg", writePicture],
  ["image/gif", writePicture],
  ["image/webp", writePicture],
  ["text/markdown", (data) => harmlessMarkdown(joinLines(data).trim(), "link")],
  ["text/latex", (data) => fenced(trimEndOf(joinLines(data).trim().replace(/^\$+/, ""), /\$/), "math")],
  ["application/json", (data) => fenced(showJson(data), "json")],
  ["text/plain", (data) => writeText(joinLines(data))],
  ["text/html", writeHtmlText],
];

/** The outputs of a cell as markdown, in order. @param cell its number, from 1 */
export function outputsMarkdown(
  outputs: readonly NotebookOutput[],
  cell: number,
  pictures: PictureStore,
): string[] {
  return mergeStreams(outputs).flatMap((output, i) => {
    const place = { pictures, name: `cell-${cell}-${i + 1}` };
    return outputMarkdown(output, place) || [];
  });
}

const OUTPUT_TYPES: Readonly<Record<string, (output: NotebookOutput, place: OutputPlace) => string>> = {
  stream: ({ text }) => writeText(joinLines(text)) ?? "",
  error: errorMarkdown,
  display_data: ({ data }, place) => dataMarkdown(data ?? {}, place),
  execute_result: ({ data }, place) => dataMarkdown(data ?? {}, place),
};

function outputMarkdown(output: NotebookOutput, place: OutputPlace): string {
  const type = String(output.output_type);
  const write = Object.hasOwn(OUTPUT_TYPES, type) ? OUTPUT_TYPES[type] : undefined;
  return write ? write(output, place) : note(`output of the unknown type ${type}`);
}

function errorMarkdown({ ename = "Error", evalue = "", traceback = [] }: NotebookOutput): string {
  const lines = Array.isArray(traceback) ? joinLines(traceback.map((line) => `${line}\n`)) : "";
  return writeText(lines || `${ename}: ${evalue}`) ?? "";
}

function dataMarkdown(data: Readonly<Record<string, unknown>>, place: OutputPlace): string {
  for (const [mediaType, write] of MIME_TYPES) {
    if (!Object.hasOwn(data, mediaType)) continue;
    const text = write(data[mediaType], place, mediaType);
    if (text !== undefined) return text;
  }
  const types = Object.keys(data);
  return types.length === 0 ? "" : note(`output of type ${types.join(", ")}, which a text cannot show`);
}

function writeResponse(data: unknown): string | undefined {
  const response = parseResponseBundle(data);
  return response && harmlessMarkdown(partsMarkdown(response.parts), "link");
}

function writeText(text: string): string | undefined {
  const plain = replaceInvisible(stripAnsi(text)).trimEnd().replace(/^\n+/, "");
  return plain === "" ? undefined : fenced(plain, "text");
}

function note(text: string): string {
  return `*(${harmlessMarkdown(text.replace(/[\\*_`[\]]/g, "\\$&").replace(/\s+/g, " "))})*`;
}

function writeHtmlText(data: unknown): string | undefined {
  const html = joinLines(data);
  return nestsTooDeep(html) ? undefined : writeText(textOfHtml(html));
}

/** What HTML says, for values that come in no other form. */
function textOfHtml(html: string): string {
  let [text, silent] = ["", 0];
  const isSilent = (name: string): boolean => /^(?:script|style|template|svg)$/.test(name);
  const parser = new Parser({
    onopentag(name) {
      if (isSilent(name)) silent++;
    },
    ontext(data) {
      if (silent === 0) text += data;
    },
    onclosetag(name) {
      if (isSilent(name)) silent--;
      if (/^(?:p|div|tr|li|h[1-6]|br|table)$/.test(name)) text += "\n";
      if (/^(?:td|th)$/.test(name)) text += "  ";
    },
  });
  parser.end(html);
  const lines = text.split("\n").map((line) => line.trimEnd());
  return lines.join("\n").replace(/\n{3,}/g, "\n\n");
}
