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

/** The parts as a notebook keeps them: without what no panel shows, long texts cut with a note. */
export function storedParts(parts: readonly Part[]): readonly Part[] {
  return parts.map((part) => (part.type === "tool" ? (trim(part, "") as Part) : part));
}

function trim(value: unknown, key: string): unknown {
  if (typeof value === "string") return trimText(value, key);
  if (Array.isArray(value)) return value.map((item) => trim(item, key));
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name, field]) => field !== undefined && !UNUSED_FIELDS.has(name),
  );
  return Object.fromEntries(kept.map(([name, field]) => [name, trim(field, name)]));
}

/** Images are kept whole or not at all. */
function trimText(text: string, key: string): string {
  const isImage = key === "data" || key === "base64";
  if (text.length <= (isImage ? MAX_IMAGE_CHARS : MAX_TEXT_CHARS)) return text;
  const cut = text.length - (isImage ? 0 : MAX_TEXT_CHARS);
  return isImage
    ? ""
    : `${text.slice(0, MAX_TEXT_CHARS)}\n… ${cut.toLocaleString("en-US")} more characters were not stored`;
}
