import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import type { Kind } from "../style/hues.js";
import { countLines, formatCount } from "./format-figures.js";
import { definePanel, type Fact } from "./panel.js";
import { stringField } from "./read-value.js";
import { inputSections, targetField } from "./tool-input.js";
import { firstLine, resultSections, resultText } from "./tool-result.js";

/**
 * Tools of Claude Code that this panel draws on purpose: their input and result are short and say all. Any tool that is not
 * known at all comes here too.
 */
export const GENERIC_TOOLS: readonly string[] = [
  "EnterPlanMode",
  "EnterWorktree",
  "ExitWorktree",
  "ListMcpResourcesTool",
  "Monitor",
  "PushNotification",
  "ReadMcpResourceTool",
  "RemoteTrigger",
  "REPL",
  "SendMessage",
  "ToolSearch",
  "Workflow",
];

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

/** The kind of tools that have no panel of their own. */
const KINDS: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [/^(NotebookRead|ListMcpResourcesTool|ReadMcpResourceTool|ToolSearch)$/, "read"],
  [/^(Web|Fetch)/, "web"],
  [/^(REPL|Monitor)$/, "execute"],
  [/^(Todo|Task|EnterPlanMode|EnterWorktree|ExitWorktree|Remote)/, "plan"],
  [/^AskUserQuestion$/, "ask"],
  [/^(SendMessage|Workflow)$/, "agent"],
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
      name: part.name,
      target: target === undefined ? undefined : firstLine(target),
      isProse: field !== undefined && PROSE_TARGETS.includes(field),
      facts: part.result && !part.result.isError ? resultFacts(part) : [],
    };
  },
  body: (part): readonly Section[] => [...inputSections(part.input), ...resultSections(part)],
  isOpen: ({ state }) => state === "failed",
});

/** The length of the result. */
function resultFacts(part: ToolPart): Fact[] {
  const lines = countLines(resultText(part));
  return lines > 1 ? [{ text: formatCount(lines, "line") }] : [];
}
