import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { definePanel } from "./panel.js";
import { stringField } from "./read-value.js";
import { resultSections, resultText } from "./tool-result.js";

const TOOLS: readonly string[] = ["Skill", "SlashCommand"];

/** A skill or command that Claude loads: its name and arguments; what it brought is folded. */
export const skillPanel = definePanel<ToolPart>({
  name: "skill",
  matches: (part) => part.type === "tool" && TOOLS.includes(part.name),
  frame: "panel",
  kind: () => "agent",
  summary: ({ input }) => {
    const name = stringField(input, "skill") ?? stringField(input, "command") ?? "";
    return { name: "Skill", target: [name, stringField(input, "args")].filter(Boolean).join(" ") };
  },
  body: (part): readonly Section[] => {
    const text = resultText(part);
    // The CLI's own words for "the skill is loaded" add nothing to the sign that it worked.
    if (/^Launching skill: /.test(text) && !part.result?.isError) return [];
    return part.result?.isError ? resultSections(part) : text ? [{ type: "markdown", text }] : [];
  },
});
