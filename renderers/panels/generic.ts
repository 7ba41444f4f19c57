import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { countLines, formatCount } from "./format-figures.js";
import { definePanel, type Fact, type Kind } from "./panel.js";
import { fieldOf, numberField, showJson, stringField } from "./read-value.js";
import { firstLine, resultSections, resultText } from "./tool-result.js";

/** What a tool works on: the first of these fields that its input has. */
const TARGETS = [
  "pattern",
  "query",
  "url",
  "file_path",
  "notebook_path",
  "path",
  "command",
  "skill",
  "subject",
  "title",
  "name",
  "description",
  "question",
  "prompt",
  "plan",
  "text",
  "bash_id",
  "task_id",
  "shell_id",
] as const;

/** Targets that are sentences, not code. */
const PROSE_TARGETS: readonly string[] = [
  "subject",
  "title",
  "description",
  "question",
  "prompt",
  "plan",
  "text",
];

/** The kind of tools that have no panel of their own yet. */
const KINDS: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [/^mcp__/, "mcp"],
  [/^(Grep|Glob|LS|NotebookRead|ListMcpResourcesTool|ReadMcpResourceTool)$/, "read"],
  [/^(Web|Fetch)/, "web"],
  [/^NotebookEdit$/, "write"],
  [/^(BashOutput|KillShell|KillBash|TaskOutput|TaskStop|REPL)$/, "execute"],
  [/^(Todo|Task|ExitPlanMode|EnterPlanMode|Cron)/, "plan"],
  [/^AskUserQuestion$/, "ask"],
  [/^(Skill|SlashCommand|SendMessage|Workflow)$/, "agent"],
];

/** Any tool that no other row knows, of the CLI or of an MCP server: its input, then its result. */
export const genericPanel = definePanel<ToolPart>({
  name: "generic",
  matches: (part) => part.type === "tool",
  frame: "panel",
  kind: ({ name }) => KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? "tool",
  summary: (part) => {
    const field = targetField(part.input);
    const target = field
      ? stringField(part.input, field)
      : typeof part.input === "string"
        ? part.input
        : undefined;
    return {
      name: displayName(part.name),
      target: target === undefined ? undefined : firstLine(target),
      isProse: field !== undefined && PROSE_TARGETS.includes(field),
      facts: part.result && !part.result.isError ? resultFacts(part) : [],
    };
  },
  body: (part): readonly Section[] => [...inputSections(part.input), ...resultSections(part)],
  isOpen: ({ state }) => state === "failed",
});

/** `mcp__server__tool` → "server · tool". */
function displayName(name: string): string {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  return server && tool ? `${server} · ${tool}` : name;
}

function targetField(input: unknown): string | undefined {
  return TARGETS.find((field) => stringField(input, field));
}

/** The input as JSON, unless the summary already says all of it. */
function inputSections(input: unknown): Section[] {
  const field = targetField(input);
  const isShown =
    input === undefined ||
    (field !== undefined && Object.keys(input as object).length === 1 && isOneLine(fieldOf(input, field)));
  const isEmpty = typeof input === "object" && input !== null && Object.keys(input).length === 0;
  return isShown || isEmpty ? [] : [{ type: "code", code: showJson(input), language: "json" }];
}

function isOneLine(value: unknown): boolean {
  return typeof value === "string" && value.length < 60 && !value.includes("\n");
}

/** "7 matches in 3 files", else the length of the result. */
function resultFacts(part: ToolPart): Fact[] {
  const structured = part.result?.structured;
  const files = numberField(structured, "numFiles");
  const matches = numberField(structured, "numMatches") ?? numberField(structured, "numLines");
  if (files !== undefined) {
    const found = matches ? `${formatCount(matches, "match")} in ` : "";
    return [{ text: found + formatCount(files, "file") }];
  }
  const lines = countLines(resultText(part));
  return lines > 1 ? [{ text: formatCount(lines, "line") }] : [];
}
