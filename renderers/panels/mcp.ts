import { languageOfFile } from "../code/languages.js";
import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { formatBytes, formatCount } from "./format-figures.js";
import { definePanel, type Fact } from "./panel.js";
import { fieldOf, stringField } from "./read-value.js";
import { inputSections, targetField } from "./tool-input.js";
import { firstLine, imageOf, textSections, withoutTags } from "./tool-result.js";

/** `mcp__server__tool`, cut in two; undefined for other names. */
function splitName(name: string): readonly [server: string, tool: string] | undefined {
  const at = name.startsWith(PREFIX) ? name.indexOf("__", PREFIX.length + 1) : -1;
  return at === -1 || at + 2 === name.length
    ? undefined
    : [name.slice(PREFIX.length, at), name.slice(at + 2)];
}

const PREFIX = "mcp__";

/** A tool of an MCP server: its input, then each block of its result by its kind. */
export const mcpPanel = definePanel<ToolPart>({
  name: "mcp",
  matches: (part) => part.type === "tool" && splitName(part.name) !== undefined,
  frame: "panel",
  kind: () => "mcp",
  summary: (part) => {
    const [server, tool] = splitName(part.name)!;
    const field = targetField(part.input);
    const target = field && stringField(part.input, field);
    return {
      name: `${server} · ${tool}`,
      target: target ? firstLine(target) : undefined,
      facts: part.result && !part.result.isError ? sizeFacts(part) : [],
    };
  },
  body: (part): readonly Section[] => [
    ...inputSections(part.input),
    ...blocksOf(part).flatMap((block) => blockSections(block)),
  ],
  isOpen: ({ state }) => state === "failed",
});

/** The blocks of the result; a text alone is one block. */
function blocksOf({ result }: ToolPart): readonly unknown[] {
  const content = result?.content;
  if (content === undefined || content === null || content === "") return [];
  return Array.isArray(content) ? content : [content];
}

/** Kinds of block and what they show. @see https://modelcontextprotocol.io/specification/2025-06-18/server/tools#tool-result */
const BLOCKS: Readonly<Record<string, (block: unknown) => Section[]>> = {
  text: (block) => textSections(withoutTags(stringField(block, "text") ?? "")),
  image: (block) => {
    const image = imageOf(block);
    return image ? [image] : [];
  },
  audio: (block) => [noteOf("Audio", stringField(block, "mimeType"), stringField(block, "data"))],
  resource: (block) => resourceSections(fieldOf(block, "resource")),
  resource_link: (block) => {
    const url = stringField(block, "uri") ?? "";
    const title = stringField(block, "title") ?? stringField(block, "name") ?? "";
    const isWeb = /^https?:/i.test(url);
    return isWeb
      ? [{ type: "links", links: [{ title, url }] }]
      : [{ type: "fields", fields: [[title || "resource", url]] }];
  },
};

function blockSections(block: unknown): Section[] {
  if (typeof block === "string") return textSections(withoutTags(block));
  const type = stringField(block, "type") ?? "";
  return Object.hasOwn(BLOCKS, type) ? BLOCKS[type]!(block) : [{ type: "json", value: block }];
}

/** A file that the server hands over: its address, then its text, or its size when it is binary. */
function resourceSections(resource: unknown): Section[] {
  const uri = stringField(resource, "uri") ?? "";
  const text = stringField(resource, "text");
  const mediaType = stringField(resource, "mimeType");
  const data = stringField(resource, "blob");
  const address: Section = { type: "fields", fields: [["resource", uri]] };
  if (text !== undefined) return [address, { type: "code", code: text, language: languageOfFile(uri) }];
  if (data && mediaType?.startsWith("image/")) return [address, { type: "image", mediaType, data, alt: uri }];
  return [address, noteOf("File", mediaType, data)];
}

function noteOf(what: string, mediaType: string | undefined, data: string | undefined): Section {
  const size = data ? formatBytes(Math.floor((data.length * 3) / 4)) : "";
  return { type: "prose", text: [what, mediaType, size].filter(Boolean).join(" · ") };
}

function sizeFacts(part: ToolPart): Fact[] {
  const blocks = blocksOf(part);
  return blocks.length > 1 ? [{ text: formatCount(blocks.length, "block") }] : [];
}
