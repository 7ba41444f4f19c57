import type { ToolPart } from "../response/parts.js";
import type { ChecklistItem, Section } from "../sections/section.js";
import { formatCount } from "./format-figures.js";
import { definePanel } from "./panel.js";
import { arrayField, numberField, stringField } from "./read-value.js";
import { resultSections } from "./tool-result.js";

/** What a review found, a line each: where, what, and what was done about it. */
export const findingsPanel = definePanel<ToolPart>({
  name: "findings",
  matches: (part) => part.type === "tool" && part.name === "ReportFindings" && itemsOf(part) !== undefined,
  frame: "panel",
  kind: () => "plan",
  summary: (part) => ({
    name: "Findings",
    target: formatCount(itemsOf(part)?.length ?? 0, "finding"),
    isProse: true,
  }),
  body: (part): readonly Section[] => [
    { type: "checklist", items: itemsOf(part) ?? [] },
    ...(part.result?.isError ? resultSections(part) : []),
  ],
  isOpen: () => true,
});

function itemsOf({ input }: ToolPart): ChecklistItem[] | undefined {
  return arrayField(input, "findings")?.map((finding) => {
    const line = numberField(finding, "line");
    const place = `${stringField(finding, "file") ?? ""}${line === undefined ? "" : `:${line}`}`;
    const outcome = stringField(finding, "outcome")?.replaceAll("_", " ");
    const notes = [
      stringField(finding, "failure_scenario"),
      stringField(finding, "verdict")?.toLowerCase(),
      outcome,
    ];
    return {
      text: [place, stringField(finding, "summary")].filter(Boolean).join(" – "),
      note: notes.filter(Boolean).join(" · "),
      state: outcome === "fixed" ? "done" : "open",
    };
  });
}
