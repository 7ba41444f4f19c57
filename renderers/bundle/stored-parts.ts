import { MAX_IMAGE_CHARS } from "../html/image.js";
import type { Part, ToolPart } from "../response/parts.js";
import { MAX_SECTION_CHARS } from "../sections/fold-lines.js";

/**
 * Longest text that is stored with a part, in characters: what is longer is not shown either. A notebook is read and
 * written whole, so what nobody sees must not stand in it.
 */
const MAX_TEXT_CHARS = 2 * MAX_SECTION_CHARS;

/**
 * Most levels of arrays and objects of a part that are stored, fewer than `parseResponseBundle` accepts; most values in all, and
 * most entries of one array: far more than any panel shows.
 */
const LIMITS = { levels: 100, values: 200_000, entries: 20_000 } as const;

/** What stands in a stored part for what was left out. */
const LEFT_OUT = "… what is nested deeper was not stored";

/** Fields of structured results that panels never show and that hold whole files: the file before and after an edit. */
const UNUSED_FIELDS = new Set(["originalFile", "gitDiff", "original_file", "updated_file"]);

/**
 * The parts as a notebook keeps them: without what no panel shows, long texts of tools cut with a note, and without halves of
 * characters, which Python's JSON reads and then cannot write, so that the notebook could no longer be saved.
 */
export function storedParts(parts: readonly Part[]): readonly Part[] {
  return parts.map((part) => {
    if (part.type === "text") return { ...part, text: wellFormed(part.text) };
    const place = { level: 0, left: { values: LIMITS.values } };
    if (part.type !== "tool") return trim(part, "", { ...place, maxChars: Number.POSITIVE_INFINITY }) as Part;
    const { children, ...call } = part;
    const stored = trim(call, "", { ...place, maxChars: MAX_TEXT_CHARS }) as Omit<ToolPart, "children">;
    return { ...stored, children: storedParts(children) };
  });
}

const HALF_CHARACTERS = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text in which halves of surrogate pairs are U+FFFD. */
export function wellFormed(text: string): string {
  return typeof text === "string" ? text.replace(HALF_CHARACTERS, "\uFFFD") : text;
}

interface Place {
  readonly maxChars: number;
  /** How many arrays and objects stand around. */
  readonly level: number;
  /** How many values may still be stored; shared by all of a part, so that one that holds itself many times ends too. */
  readonly left: { values: number };
}

function trim(value: unknown, key: string, place: Place): unknown {
  place.left.values--;
  if (typeof value === "string") return wellFormed(trimText(value, key, place.maxChars));
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (place.level >= LIMITS.levels || (place.level > 1 && place.left.values < 0)) return LEFT_OUT;
  const inside = { ...place, level: place.level + 1 };
  if (Array.isArray(value)) return value.slice(0, LIMITS.entries).map((item) => trim(item, key, inside));
  const kept = Object.entries(value)
    .filter(([name, field]) => field !== undefined && !UNUSED_FIELDS.has(name))
    .slice(0, LIMITS.entries);
  return Object.fromEntries(kept.map(([name, field]) => [wellFormed(name), trim(field, name, inside)]));
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
