import { languageOfFile } from "../code/languages.js";
import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { trimBreaks } from "../text/trim-end.js";
import { countLines, formatBytes, formatCount } from "./format-figures.js";
import { definePanel, type Fact } from "./panel.js";
import { arrayField, fieldOf, numberField, stringField } from "./read-value.js";
import { resultSections, resultText } from "./tool-result.js";

/** A line of a file as Read shows it to Claude: its number, an arrow or a tab, the text. */
const NUMBERED_LINE = /^\s*(\d+)(?:→|\t)(.*)$/;

interface FileText {
  readonly code: string;
  readonly firstLine: number;
  /** Lines of the whole file, when known. */
  readonly totalLines?: number | undefined;
}

/** A file: folded, with line numbers, coloured by its language. */
export const readPanel = definePanel<ToolPart>({
  name: "read",
  matches: (part) => part.type === "tool" && part.name === "Read",
  frame: "panel",
  kind: () => "read",
  summary: (part) => ({
    name: "Read",
    target: pathOf(part),
    facts: part.result?.isError ? [] : [...lineFacts(part), ...fileFacts(part)],
  }),
  body: (part): readonly Section[] => {
    const file = fileText(part);
    if (!file) return otherFile(part);
    const { code, firstLine } = file;
    return [{ type: "code", code, language: languageOfFile(pathOf(part)), firstLine }];
  },
});

function pathOf({ input }: ToolPart): string {
  return stringField(input, "file_path") ?? "";
}

/** The text of the file, from the structured result or else from the numbered lines that Claude saw. */
function fileText(part: ToolPart): FileText | undefined {
  if (!part.result || part.result.isError) return undefined;
  const file = fieldOf(part.result.structured, "file");
  const content = stringField(file, "content");
  if (content !== undefined) {
    const firstLine = numberField(file, "startLine") ?? 1;
    return { code: content.replace(/\n$/, ""), firstLine, totalLines: numberField(file, "totalLines") };
  }
  return numberedText(resultText(part));
}

function numberedText(text: string): FileText | undefined {
  const lines = trimBreaks(text)
    .split("\n")
    .map((line) => NUMBERED_LINE.exec(line));
  if (lines[0] == null || lines.some((line) => line === null)) return undefined;
  return { code: lines.map((line) => line![2]).join("\n"), firstLine: Number(lines[0][1]) };
}

function lineFacts(part: ToolPart): Fact[] {
  const file = fileText(part);
  if (!file) return [];
  const { code, firstLine, totalLines = 0 } = file;
  const count = countLines(code);
  // The CLI counts the empty line after the last line break too.
  if (firstLine === 1 && count >= totalLines - 1) return [{ text: formatCount(count, "line") }];
  const of = totalLines > 0 ? ` of ${totalLines.toLocaleString("en-US")}` : "";
  return [{ text: `lines ${firstLine}–${firstLine + count - 1}${of}` }];
}

/** Files that are no text, by the kind that the CLI gives them; what has no row is shown as it came. */
const OTHER_FILES: Readonly<Record<string, (file: unknown) => readonly Section[]>> = {
  notebook: (file) => (arrayField(file, "cells") ?? []).slice(0, MAX_CELLS).flatMap(cellSections),
  pdf: (file) => [{ type: "prose", text: `PDF document${sizeOf(file)}` }],
  parts(file) {
    const count = numberField(file, "count");
    return [
      {
        type: "prose",
        text: `${count === undefined ? "Pages" : formatCount(count, "page")} as pictures${sizeOf(file)}`,
      },
    ];
  },
  file_unchanged: () => [{ type: "prose", text: "Unchanged since Claude last read it." }],
};

/** Most cells of a notebook that are shown. */
const MAX_CELLS = 50;

function otherFile(part: ToolPart): readonly Section[] {
  const kind = stringField(part.result?.structured, "type") ?? "";
  const file = fieldOf(part.result?.structured, "file");
  if (!part.result?.isError && Object.hasOwn(OTHER_FILES, kind)) return OTHER_FILES[kind]!(file);
  return [...imageSections(part), ...resultSections(part)];
}

/** A cell of a notebook as Read gives it: its source, then the text of its outputs. */
function cellSections(cell: unknown): Section[] {
  const type = stringField(cell, "cellType") ?? stringField(cell, "cell_type");
  const source = sourceText(fieldOf(cell, "source"));
  const outputs = (arrayField(cell, "outputs") ?? [])
    .map((output) => sourceText(fieldOf(output, "text")))
    .filter(Boolean)
    .join("\n");
  const shown: Section =
    type === "markdown"
      ? { type: "markdown", text: source }
      : { type: "code", code: source, language: stringField(cell, "language") ?? "python" };
  return [shown, ...(outputs ? [{ type: "output", text: outputs } as const] : [])];
}

/** Notebooks hold text whole or as lines. */
function sourceText(source: unknown): string {
  return Array.isArray(source) ? source.map(String).join("") : typeof source === "string" ? source : "";
}

function sizeOf(file: unknown): string {
  const bytes = numberField(file, "originalSize");
  return bytes === undefined ? "" : `, ${formatBytes(bytes)}`;
}

/** "800 × 600", "12 cells", "1.2 MB". */
function fileFacts({ result }: ToolPart): Fact[] {
  const file = fieldOf(result?.structured, "file");
  const cells = arrayField(file, "cells");
  const size = fieldOf(file, "dimensions");
  const width = numberField(size, "originalWidth");
  const height = numberField(size, "originalHeight");
  const bytes = numberField(file, "originalSize");
  return [
    ...(cells ? [{ text: formatCount(cells.length, "cell") }] : []),
    ...(width && height ? [{ text: `${width} × ${height}` }] : []),
    ...(bytes ? [{ text: formatBytes(bytes) }] : []),
  ];
}

function imageSections({ result, input }: ToolPart): Section[] {
  const file = fieldOf(result?.structured, "file");
  const data = stringField(file, "base64");
  const mediaType = stringField(file, "type");
  const hasBlock =
    Array.isArray(result?.content) && result.content.some((b) => fieldOf(b, "type") === "image");
  if (!data || !mediaType?.startsWith("image/") || hasBlock) return [];
  return [{ type: "image", mediaType, data, alt: stringField(input, "file_path") ?? "image" }];
}
