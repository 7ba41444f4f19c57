import type { ToolPart } from "../response/parts.js";
import type { MatchesSection, MatchLine, Section } from "../sections/section.js";
import { trimBreaks } from "../text/trim-end.js";
import { countLines, formatCount } from "./format-figures.js";
import { markLine, patternFinder } from "./mark-pattern.js";
import { definePanel, type Fact } from "./panel.js";
import { arrayField, fieldOf, numberField, stringField } from "./read-value.js";
import { firstLine, resultSections, resultText } from "./tool-result.js";

const TOOLS: readonly string[] = ["Grep", "Glob", "LS"];

/** How ripgrep writes a line: with a colon what was found, with a dash what stands beside it. */
const LINES: readonly RegExp[] = [
  /^()(\d+)(:)(.*)$/s,
  /^()(\d+)(-)(.*)$/s,
  /^(.{1,400}?):(\d+)(:)(.*)$/s,
  /^(.{1,400}?)-(\d+)(-)(.*)$/s,
];

/** A search: what was found by file, matches marked; names of files for Glob, LS and Grep's shorter modes. */
export const searchPanel = definePanel<ToolPart>({
  name: "search",
  matches: (part) => part.type === "tool" && TOOLS.includes(part.name),
  frame: "panel",
  kind: () => "read",
  summary: (part) => ({
    name: part.name,
    target: targetOf(part),
    facts: part.result && !part.result.isError ? foundFacts(part) : [],
  }),
  body: (part): readonly Section[] => {
    if (!part.result || part.result.isError) return resultSections(part);
    const files = foundLines(part);
    return files ? [{ type: "matches", files }] : nameSections(part);
  },
});

/** The pattern, and where it was looked for. */
function targetOf({ input }: ToolPart): string {
  const pattern = stringField(input, "pattern");
  const where = [stringField(input, "path"), pattern && stringField(input, "glob")].filter(Boolean).join(" ");
  if (pattern === undefined) return firstLine(where);
  return firstLine(where ? `${pattern} in ${where}` : pattern);
}

/** Lines with their numbers, when the search asked for lines. */
function foundLines(part: ToolPart): MatchesSection["files"] | undefined {
  if (part.name !== "Grep") return undefined;
  const { input, result } = part;
  if (stringField(input, "output_mode") !== "content") return undefined;
  const text = stringField(result?.structured, "content") ?? resultText(part);
  if (text.trim() === "") return undefined;
  const finder = patternFinder(stringField(input, "pattern") ?? "", fieldOf(input, "-i") === true);
  const files: { path: string | undefined; lines: MatchLine[] }[] = [];
  for (const line of trimBreaks(text).split("\n")) {
    const [, path, number, sign, code] = matchFirst(LINES, line) ?? [];
    const found: MatchLine =
      code === undefined
        ? { text: line, marks: markLine(line, finder) }
        : { text: code, number: Number(number), marks: sign === ":" ? markLine(code, finder) : [] };
    const last = files.at(-1);
    if (last && (last.path === path || code === undefined)) last.lines.push(found);
    else files.push({ path, lines: [found] });
  }
  return files;
}

function matchFirst(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match;
  }
  return undefined;
}

function nameSections(part: ToolPart): Section[] {
  const names = namesOf(part);
  if (!names) return resultSections(part);
  if (names.length === 0) return [];
  return [{ type: "matches", files: [{ lines: names.map((text) => ({ text, marks: [] })) }] }];
}

/** Names of files, from the structured result; undefined when there is none. */
function namesOf({ result }: ToolPart): string[] | undefined {
  return arrayField(result?.structured, "filenames")?.filter((name) => typeof name === "string");
}

/** "7 matches in 3 files", "41 files", "nothing found". */
function foundFacts(part: ToolPart): Fact[] {
  const structured = part.result?.structured;
  const files = numberField(structured, "numFiles");
  const matches = numberField(structured, "numMatches") ?? numberField(structured, "numLines");
  const more = fieldOf(structured, "truncated") === true ? [{ text: "not all", tone: "warn" as const }] : [];
  const text = resultText(part).trim();
  if (files === 0 && !matches) return [{ text: "nothing found" }];
  if (files) return [{ text: found(matches, files) }, ...more];
  if (matches) return [{ text: formatCount(matches, "line") }, ...more];
  if (text === "" || /^No (files|matches) found/.test(text)) return [{ text: "nothing found" }];
  return [{ text: formatCount(countLines(text), "line") }];
}

function found(matches: number | undefined, files: number): string {
  return (matches ? `${formatCount(matches, "match")} in ` : "") + formatCount(files, "file");
}
