import type { ToolPart } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { definePanel } from "./panel.js";
import { stringField } from "./read-value.js";
import { firstLine, resultSections } from "./tool-result.js";

/** Claude's plan, for the reader to approve: as the markdown it is. */
export const planPanel = definePanel<ToolPart>({
  name: "plan",
  matches: (part) => part.type === "tool" && part.name === "ExitPlanMode",
  frame: "panel",
  kind: () => "plan",
  summary: (part) => ({
    name: "Plan",
    target: firstLine(planOf(part).replace(/^#+\s*/, "")),
    isProse: true,
  }),
  body: (part): readonly Section[] => {
    const text = planOf(part);
    return [
      ...(text === "" ? [] : [{ type: "markdown", text, isGrowing: part.state === "streaming" } as const]),
      ...(part.result?.isError ? resultSections(part) : []),
    ];
  },
  isOpen: () => true,
});

function planOf({ input, result }: ToolPart): string {
  return stringField(result?.structured, "plan") ?? stringField(input, "plan") ?? "";
}
