import type { Part } from "../response/parts.js";
import { limitSections } from "../sections/limit-sections.js";
import type { Section } from "../sections/section.js";
import type { Panel, Summary } from "./panel.js";

/** Longest name and target of a summary, longest fact in characters, and most facts: a summary is one line that never folds. */
const LIMITS = { name: 500, target: 2_000, fact: 200, facts: 20 } as const;

/** Parts whose words are Claude's answer, which is shown whole. */
const WHOLE: readonly Part["type"][] = ["text", "thinking"];

/** The summary of a part, in a bounded size whatever the part holds. */
export function summaryOf(part: Part, panel: Panel): Summary {
  const summary = panel.summary(part);
  const { name, target, facts } = summary;
  return {
    ...summary,
    name: cut(name, LIMITS.name),
    target: target === undefined ? undefined : cut(target, LIMITS.target),
    facts: facts?.slice(0, LIMITS.facts).map((fact) => ({ ...fact, text: cut(fact.text, LIMITS.fact) })),
  };
}

/** The body of a part, in a bounded size whatever the part holds, with notes of what was cut. */
export function bodyOf(part: Part, panel: Panel): readonly Section[] {
  const sections = panel.body(part);
  return WHOLE.includes(part.type) ? sections : limitSections(sections);
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)} … ${(text.length - most).toLocaleString("en-US")} more characters`;
}
