import { MAX_HTML_CHARS } from "../../renderers/page/data-html.js";
import { MAX_SECTION_CHARS } from "../../renderers/sections/fold-lines.js";
import { type Cell, isCodeCell, type Output, type OutputData } from "../notebook/notebook.js";

/** Types that read as well when their end is missing. */
const CLIPPED: readonly string[] = ["text/plain", "text/markdown", "text/latex"];

/** Room for the words that say what is missing, and longest word that is not cut in the middle, in characters. */
const MARGIN = 5_000;

/** Longest text of an output that a page shows, with the note of what is missing. */
const SHOWN_CHARS = MAX_SECTION_CHARS - MARGIN;

/** Longest text of an output in a notebook that can be saved from the page. */
const SAVED_CHARS = 4_000_000;

/** Longest words of a cell: pictures may stand in them as `data:` addresses. */
const WORDS_CHARS = MAX_HTML_CHARS;

/** Most data of a picture, or of a value as JSON. */
const MAX_DATA_CHARS = 2 * MAX_HTML_CHARS;

/**
 * A cell whose outputs, or words, are no longer than an export can use: a program that printed 200 MB would else be looked through for
 * secrets to its end. What is missing is said in the text.
 *
 * @param isSaved whether the notebook itself is handed on too, and so has more room
 */
export function clipOutputs(cell: Cell, isSaved: boolean): Cell {
  if (cell.cell_type === "markdown") return { ...cell, source: clipText(cell.source, WORDS_CHARS) };
  if (!isCodeCell(cell)) return cell;
  const most = isSaved ? SAVED_CHARS : SHOWN_CHARS;
  return { ...cell, outputs: cell.outputs.map((output) => clipOutput(output, most)) };
}

function clipOutput(output: Output, most: number): Output {
  if (output.output_type === "stream") return { ...output, text: clipText(output.text, most) };
  if (output.output_type === "error") {
    const lines = output.traceback.length > MARGIN ? output.traceback.slice(0, MARGIN) : output.traceback;
    return {
      ...output,
      evalue: clipText(output.evalue, most),
      traceback: lines.map((line) => clipText(line, MARGIN)),
    };
  }
  return { ...output, data: clipData(output.data, most) };
}

function clipData(data: OutputData, most: number): OutputData {
  const kept: OutputData = {};
  const notes: string[] = [];
  for (const [mediaType, value] of Object.entries(data)) {
    if (typeof value !== "string") {
      if (!isLargerThan(value, MAX_DATA_CHARS)) kept[mediaType] = value;
      else notes.push(leftOut(mediaType, `more than ${MAX_DATA_CHARS.toLocaleString("en-US")}`));
    } else if (CLIPPED.includes(mediaType)) kept[mediaType] = clipText(value, most);
    else if (!isTooLong(mediaType, value)) kept[mediaType] = value;
    else notes.push(leftOut(mediaType, value.length.toLocaleString("en-US")));
  }
  if (notes.length === 0) return kept;
  const plain = typeof kept["text/plain"] === "string" ? [kept["text/plain"]] : [];
  return { ...kept, "text/plain": [...plain, ...notes].join("\n") };
}

function leftOut(mediaType: string, length: string): string {
  return `… ${mediaType} of ${length} characters was left out`;
}

function isTooLong(mediaType: string, value: string): boolean {
  return value.length > (mediaType.startsWith("text/") ? MAX_HTML_CHARS : MAX_DATA_CHARS);
}

/** Whether JSON would have more characters. Counted here: `JSON.stringify` overflows its stack on JSON that nests deep. */
function isLargerThan(value: unknown, most: number): boolean {
  const open: unknown[] = [value];
  for (let size = 0; open.length > 0; ) {
    const item = open.pop();
    if (typeof item !== "object" || item === null) size += String(item).length;
    else
      for (const [name, inner] of Object.entries(item)) {
        size += Array.isArray(item) ? 1 : name.length + 4;
        open.push(inner);
      }
    if (size > most) return true;
  }
  return false;
}

function clipText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = endOfWords(text, most);
  const more = (text.length - end).toLocaleString("en-US");
  return `${text.slice(0, end)}\n… ${more} more characters were left out`;
}

/** Where a word ends at or before a place: half a secret would not be known for one. */
function endOfWords(text: string, at: number): number {
  let end = at;
  while (end > at - MARGIN && /[\w+/=.~:@%-]/.test(text[end - 1] ?? "")) end--;
  return end;
}
