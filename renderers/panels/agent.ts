import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { formatCount } from "./format-figures.js";
import { definePanel } from "./panel.js";
import { stringField } from "./read-value.js";
import { firstLine, resultImages, resultText } from "./tool-result.js";

const AGENTS: readonly string[] = ["Agent", "Task"];

/** A subagent: what it was asked, what it did, what it answered. Any tool under which something happened is drawn so. */
export const agentPanel = definePanel<ToolPart>({
  name: "agent",
  matches: (part) => part.type === "tool" && (AGENTS.includes(part.name) || part.children.length > 0),
  frame: "panel",
  kind: () => "agent",
  summary: ({ name, input, children }) => {
    const tools = children.filter((child) => child.type === "tool").length;
    return {
      name: AGENTS.includes(name) ? "Agent" : name,
      target: stringField(input, "description") ?? firstLine(stringField(input, "prompt") ?? ""),
      isProse: true,
      facts: tools ? [{ text: formatCount(tools, "tool") }] : [],
    };
  },
  body: (part): readonly Section[] => {
    const prompt = stringField(part.input, "prompt");
    const answer = resultText(part);
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
