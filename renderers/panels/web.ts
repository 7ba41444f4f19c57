import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { formatBytes, formatCount } from "./format-figures.js";
import { definePanel, type Fact } from "./panel.js";
import { arrayField, numberField, stringField } from "./read-value.js";
import { firstLine, resultImages, resultText } from "./tool-result.js";

const TOOLS: readonly string[] = ["WebFetch", "WebSearch"];

interface WebLink {
  readonly title: string;
  readonly url: string;
}

/** A page that was read, or a search with the pages it found. */
export const webPanel = definePanel<ToolPart>({
  name: "web",
  matches: (part) => part.type === "tool" && TOOLS.includes(part.name),
  frame: "panel",
  kind: () => "web",
  summary: (part) => {
    const isSearch = part.name === "WebSearch";
    const target = stringField(part.input, isSearch ? "query" : "url") ?? "";
    return {
      name: part.name,
      target: firstLine(target),
      isProse: isSearch,
      facts: isSearch ? searchFacts(part) : fetchFacts(part),
    };
  },
  body: (part): readonly Section[] => (part.name === "WebSearch" ? searchBody(part) : fetchBody(part)),
});

function fetchFacts({ result }: ToolPart): Fact[] {
  const code = numberField(result?.structured, "code");
  const bytes = numberField(result?.structured, "bytes");
  const isBad = code !== undefined && code >= 400;
  return [
    ...(code === undefined ? [] : [{ text: String(code), ...(isBad ? { tone: "bad" as const } : {}) }]),
    ...(bytes === undefined ? [] : [{ text: formatBytes(bytes) }]),
  ];
}

function fetchBody(part: ToolPart): Section[] {
  const prompt = stringField(part.input, "prompt");
  const answer = stringField(part.result?.structured, "result") ?? resultText(part);
  const url = stringField(part.input, "url");
  return [
    ...(url ? [{ type: "links", links: [{ title: "", url }] } as const] : []),
    ...(prompt ? [{ type: "prose", text: prompt } as const] : []),
    ...answerSections(answer, part.result?.isError === true),
    ...resultImages(part),
  ];
}

function answerSections(answer: string, isError: boolean): Section[] {
  if (answer.trim() === "") return [];
  return [isError ? { type: "output", text: answer } : { type: "markdown", text: answer }];
}

function searchFacts(part: ToolPart): Fact[] {
  if (!part.result || part.result.isError) return [];
  return [{ text: formatCount(linksOf(part).length, "page") }];
}

function searchBody(part: ToolPart): Section[] {
  const links = linksOf(part);
  const words = wordsOf(part);
  return [
    ...(links.length > 0 ? [{ type: "links", links } as const] : []),
    ...answerSections(words, part.result?.isError === true),
  ];
}

/** The pages found: from the structured result, else from the list that Claude saw. */
function linksOf(part: ToolPart): WebLink[] {
  const results = arrayField(part.result?.structured, "results");
  const found = results
    ? results.flatMap((entry) => arrayField(entry, "content") ?? [])
    : (listIn(resultText(part)) ?? []);
  return found.flatMap((link) => {
    const url = stringField(link, "url");
    return url === undefined ? [] : [{ title: stringField(link, "title") ?? "", url }];
  });
}

/** What the search said beside its links. */
function wordsOf(part: ToolPart): string {
  const results = arrayField(part.result?.structured, "results");
  if (results) return results.filter((entry) => typeof entry === "string").join("\n\n");
  return resultText(part)
    .replace(/^Web search results for query:.*$/m, "")
    .replace(LINKS, "")
    .replace(/^REMINDER:.*$/m, "")
    .trim();
}

/** How the result lists its links for Claude. */
const LINKS = /^Links: (\[.*\])$/m;

function listIn(text: string): unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(LINKS.exec(text)?.[1] ?? "");
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
