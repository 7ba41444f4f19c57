import { MAX_IMAGE_CHARS } from "../html/image.js";
import type { Part } from "../response/parts.js";
import { MAX_SECTION_CHARS } from "../sections/fold-lines.js";

/**
 * Longest text that is stored with a part, in characters: what is longer is not shown either. A notebook is read and
 * written whole, so what nobody sees must not stand in it.
 */
const MAX_TEXT_CHARS = 2 * MAX_SECTION_CHARS;

/** Fields of structured results that panels never show and that hold whole files: the file before and after an edit. */
const UNUSED_FIELDS = new Set(["originalFile", "gitDiff", "original_file", "updated_file"]);

/**
 * The parts as a notebook keeps them: without what no panel shows, long texts of tools cut with a note, and without halves of
 * characters, which Python's JSON reads and then cannot write, so that the notebook could no longer be saved.
 */
export function storedParts(parts: readonly Part[]): readonly Part[] {
  return parts.map((part) => {
    if (part.type === "text") return { ...part, text: wellFormed(part.text) };
    return trim(part, "", part.type === "tool" ? MAX_TEXT_CHARS : Number.POSITIVE_INFINITY) as Part;
  });
}

const HALF_CHARACTERS = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text in which halves of surrogate pairs are U+FFFD. */
export function wellFormed(text: string): string {
  return typeof text === "string" ? text.replace(HALF_CHARACTERS, "\uFFFD") : text;
}

function trim(value: unknown, key: string, maxChars: number): unknown {
  if (typeof value === "string") return wellFormed(trimText(value, key, maxChars));
  if (Array.isArray(value)) return value.map((item) => trim(item, key, maxChars));
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name, field]) => field !== undefined && !UNUSED_FIELDS.has(name),
  );
  return Object.fromEntries(kept.map(([name, field]) => [wellFormed(name), trim(field, name, maxChars)]));
}

/** Images are kept whole or not at all. */
function trimText(text: string, key: string, maxChars: number): string {
  const isImage = key === "data" || key === "base64";
  if (text.length <= (isImage ? MAX_IMAGE_CHARS : maxChars)) return text;
  const cut = text.length - (isImage ? 0 : maxChars);
  return isImage
    ? ""
    : `${text.slice(0, maxChars)}\n… ${cut.toLocaleString("en-US")} more characters were not stored`;
}
