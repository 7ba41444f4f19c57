import { stripAnsi } from "../ansi/ansi-runs.js";
import type { ToolPart } from "../response/parts.js";
import type { ImageSection, Section } from "../sections/section.js";
import { withoutTagged } from "../text/without-tagged.js";
import { fieldOf, showJson, stringField } from "./read-value.js";
import { tableOf } from "./table-of.js";

/** Notes that Claude Code adds for Claude, not for the reader. */
const REMINDERS = /<(system-reminder)>/g;

/** Errors of tools come wrapped in this. */
const ERROR_TAG = /^<tool_use_error>([\s\S]*)<\/tool_use_error>$/;

/** The text of a tool's result, as Claude saw it but for notes to Claude; "" without a result. */
export function resultText({ result }: ToolPart): string {
  const content = result?.content;
  const text = Array.isArray(content)
    ? content.map(blockText).filter(Boolean).join("\n")
    : showContent(content);
  return withoutTags(text);
}

/** A tool's text without what Claude Code wraps around it or adds to it for Claude. */
export function withoutTags(text: string): string {
  return withoutTagged(text, REMINDERS).replace(ERROR_TAG, "$1");
}

function showContent(content: unknown): string {
  if (content === undefined || content === null) return "";
  return typeof content === "string" ? content : showJson(content);
}

function blockText(block: unknown): string {
  if (fieldOf(block, "type") === "text") return stringField(block, "text") ?? "";
  // Beside title and address it holds the page, encrypted.
  if (fieldOf(block, "type") === "web_search_result")
    return [stringField(block, "title"), stringField(block, "url")].filter(Boolean).join(" ");
  return imageOf(block) ? "" : showContent(block);
}

/** The image of a block, as the Messages API or as MCP writes it; undefined for other blocks. */
export function imageOf(block: unknown): ImageSection | undefined {
  if (fieldOf(block, "type") !== "image") return undefined;
  const source = fieldOf(block, "source");
  const mediaType = stringField(source, "media_type") ?? stringField(block, "mimeType");
  const data = stringField(source, "data") ?? stringField(block, "data");
  return mediaType && data ? { type: "image", mediaType, data, alt: "image from the tool" } : undefined;
}

/** The images of a tool's result. */
export function resultImages({ result }: ToolPart): ImageSection[] {
  const content = result?.content;
  return Array.isArray(content) ? content.flatMap((block) => imageOf(block) ?? []) : [];
}

/** A result as sections: text as it was printed or as the data it is, then images. */
export function resultSections(part: ToolPart): Section[] {
  return [...textSections(resultText(part)), ...resultImages(part)];
}

/** A text: rows of the same fields as a table, other JSON as JSON, anything else as it was printed. */
export function textSections(text: string): Section[] {
  if (text.trim() === "") return [];
  const json = parseJson(text);
  if (json === undefined) return [{ type: "output", text }];
  return [tableOf(json) ?? { type: "json", value: json }];
}

/** Longest text that is tried as JSON, in characters. */
const MAX_JSON_CHARS = 1_000_000;

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || text.length > MAX_JSON_CHARS) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first line of a text, without escape sequences: what fits a summary. */
export function firstLine(text: string): string {
  return stripAnsi(text.trim().split("\n", 1)[0] ?? "").slice(0, 300);
}
