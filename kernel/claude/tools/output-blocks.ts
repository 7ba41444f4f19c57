import type { ToolResult } from "../../../src/tools/tool.js";
import type { CellOutput } from "../../run/cell-journal.js";
import { asData } from "./as-data.js";

type Block = ToolResult["content"][number];

/** Images that Claude can see; others go as text. */
const SEEN = ["image/png", "image/jpeg", "image/gif", "image/webp"] as const;

/** Text forms of a display, the best first. */
const TEXTS = ["text/markdown", "text/plain", "text/latex", "application/json", "image/svg+xml"] as const;

/** Images of one answer. */
const MAX_IMAGES = 5;

/** What a cell showed, as blocks for Claude: figures as images, the rest as data. @param mime the only type that is wanted */
export function outputBlocks({ text, bundles }: CellOutput, mime?: string): Block[] {
  const images: Block[] = [];
  const texts = text === "" || mime !== undefined ? [] : [text];
  for (const bundle of bundles) {
    const type = SEEN.find(
      (each) => typeof bundle[each] === "string" && (mime === undefined || mime === each),
    );
    if (type !== undefined && images.length < MAX_IMAGES)
      images.push({ type: "image", data: String(bundle[type]).replace(/\s/g, ""), mimeType: type });
    else texts.push(...textOf(bundle, mime));
  }
  const said = texts.length > 0 ? [{ type: "text", text: asData(texts.join("\n")) } as const] : [];
  return [...said, ...images];
}

function textOf(bundle: Readonly<Record<string, unknown>>, mime: string | undefined): string[] {
  const type = mime ?? TEXTS.find((each) => bundle[each] !== undefined);
  // Base64 would be many tokens that say nothing.
  if (type === undefined || bundle[type] === undefined || /^image\/(?!svg)/.test(type)) return [];
  const value = bundle[type];
  return [typeof value === "string" ? value : JSON.stringify(value)];
}
