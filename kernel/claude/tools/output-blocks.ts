import type { ToolResult } from "../../../src/tools/tool.js";
import type { Json } from "../../io/wire.js";
import type { CellOutput } from "../../run/journal-entry.js";
import { asData } from "./as-data.js";

type Block = ToolResult["content"][number];

/** Images that Claude can see, and how their base64 begins; others go as text. */
const SEEN: Readonly<Record<string, RegExp>> = {
  "image/png": /^iVBORw0KGgo/,
  "image/jpeg": /^\/9j\//,
  "image/gif": /^R0lGOD/,
  "image/webp": /^UklGR/,
};

/** Text forms of a display, the best first. */
const TEXTS = ["text/markdown", "text/plain", "text/latex", "application/json", "image/svg+xml"] as const;

/** Images of one answer. */
const MAX_IMAGES = 5;

/** Base64 inside of a text, such as a picture in markdown or SVG. */
const EMBEDDED = /(data:[\w/+.-]{1,60}(?:;[\w=.-]{1,60})*;base64,)[A-Za-z0-9+/=\s]{60,}/g;

/** What a cell showed, as blocks for Claude: figures as images, the rest as data. @param mime the only type that is wanted */
export function outputBlocks({ text, bundles }: CellOutput, mime?: string): Block[] {
  const texts = text === "" || mime !== undefined ? [] : [text];
  const images: Block[] = [];
  let left = 0;
  for (const bundle of bundles) {
    const image = imageOf(bundle, mime);
    if (!image) texts.push(...textOf(bundle, mime));
    else if (images.length < MAX_IMAGES) images.push(image);
    else left++;
  }
  if (left > 0) texts.push(`… ${left} more figures`);
  const said = texts.join("\n").replace(EMBEDDED, "$1…");
  return said === "" ? images : [{ type: "text", text: asData(said) }, ...images];
}

/** One that is none would fail this turn and each that follows in its conversation, so it is looked at first. */
function imageOf(bundle: Json, mime: string | undefined): Block | undefined {
  for (const [type, beginning] of Object.entries(SEEN)) {
    const value = field(bundle, type);
    if (value === undefined || (mime !== undefined && mime !== type)) continue;
    const data = value.replace(/\s/g, "");
    if (beginning.test(data) && data.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(data))
      return { type: "image", data, mimeType: type };
  }
  return undefined;
}

function textOf(bundle: Json, mime: string | undefined): string[] {
  const type = mime ?? TEXTS.find((each) => field(bundle, each) !== undefined);
  // Base64 would be many tokens that say nothing.
  if (type === undefined || /^image\/(?!svg)/.test(type)) return [];
  const value = field(bundle, type);
  return value === undefined ? [] : [value];
}

/** By own fields: Claude may ask for a type called "constructor". */
function field(bundle: Json, type: string): string | undefined {
  const value = Object.hasOwn(bundle, type) ? bundle[type] : undefined;
  return typeof value === "string" ? value : undefined;
}
