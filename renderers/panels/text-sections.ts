import type { Part } from "../response/parts.js";
import type { Section } from "../sections/section.js";
import { bodyOf, summaryOf } from "./bounded-panel.js";
import type { Panel, Summary } from "./panel.js";

/** A panel as text forms show it: in them everything is open, so nothing need be said in the summary and in the body. */
export interface TextPanel {
  readonly summary: Summary;
  readonly sections: readonly Section[];
}

/** The summary and body of a part for plain text and markdown. */
export function textPanelOf(part: Part, panel: Panel): TextPanel {
  const summary = summaryOf(part, panel);
  // What ran stands behind a fold of the footer; where nothing folds it would be louder than the answer.
  const sections = panel.frame === "footer" ? [] : bodyOf(part, panel);
  // Thinking begins with the line that its summary would quote.
  if (part.type === "thinking" && sections.length > 0)
    return { summary: { ...summary, target: undefined }, sections };
  const isSaid = (section: Section): boolean =>
    section.type === "code" && section.code.trim() === summary.target;
  return { summary, sections: sections.filter((section) => !isSaid(section)) };
}
