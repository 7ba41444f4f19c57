import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { formatCount, formatTokens } from "./format-figures.js";
import { definePanel } from "./panel.js";
import { numberField, stringField } from "./read-value.js";
import { firstLine, resultImages, resultText } from "./tool-result.js";

const AGENTS: readonly string[] = ["Agent", "Task"];

/** A subagent: what it was asked, what it did, what it answered. Any tool under which something happened is drawn so. */
export const agentPanel = definePanel<ToolPart>({
  name: "agent",
  matches: (part) => part.type === "tool" && (AGENTS.includes(part.name) || part.children.length > 0),
  frame: "panel",
  kind: () => "agent",
  summary: ({ name, input, children, result }) => {
    const seen = children.filter((child) => child.type === "tool").length;
    const tools = seen || (numberField(result?.structured, "totalToolUseCount") ?? 0);
    const tokens = numberField(result?.structured, "totalTokens");
    const type = stringField(input, "subagent_type");
    return {
      name: AGENTS.includes(name) ? (type ? `Agent ${type}` : "Agent") : name,
      target: stringField(input, "description") ?? firstLine(stringField(input, "prompt") ?? ""),
      isProse: true,
      facts: [
        ...(tools ? [{ text: formatCount(tools, "tool") }] : []),
        ...(tokens ? [{ text: `${formatTokens(tokens)} tokens` }] : []),
      ],
    };
  },
  body: (part): readonly Section[] => {
    const prompt = stringField(part.input, "prompt");
    const isLaunch = stringField(part.result?.structured, "status") === "async_launched";
    const answer = isLaunch ? (part.task?.summary ?? "") : resultText(part);
    const saidLast = part.children.findLast((child) => child.type === "text");
    const isRepeated = saidLast?.type === "text" && answer.trim().startsWith(saidLast.text.trim());
    return [
      ...(prompt ? [{ type: "prose", text: prompt } as const] : []),
      { type: "parts", parts: part.children },
      ...(answer === "" || isRepeated ? [] : [{ type: "markdown", text: answer } as const]),
      ...resultImages(part),
    ];
  },
});
