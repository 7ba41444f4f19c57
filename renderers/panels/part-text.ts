import { replaceInvisible } from "../html/escape.js";
import type { Part } from "../response/parts.js";
import { sectionMarkdown, sectionText } from "../sections/section-text.js";
import type { Panel, Summary } from "./panel.js";
import { partFacts } from "./part-facts.js";
import { showJson } from "./read-value.js";
import { panelOf } from "./table.js";
import { textPanelOf } from "./text-sections.js";

/** Parts as plain text, for terminals, logs and front ends without HTML. */
export function partsText(parts: readonly Part[]): string {
  return parts.map(partText).filter(Boolean).join("\n\n");
}

/** Parts as markdown. */
export function partsMarkdown(parts: readonly Part[]): string {
  return parts.map(partMarkdown).filter(Boolean).join("\n\n");
}

/** A part as plain text: its summary, then its body indented by two. */
export function partText(part: Part): string {
  return guard(part, (panel) => {
    const { summary, sections } = textPanelOf(part, panel);
    const body = sections
      .map((section) => sectionText(section, partsText))
      .filter(Boolean)
      .join("\n");
    if (panel.frame === "bare") return body;
    return [partHeadline(part, panel, summary), body && indent(body)].filter(Boolean).join("\n");
  });
}

/** The summary of a part in one line: "Bash npm test (1.8 s · ✗ exit 1)". */
function partHeadline(part: Part, panel: Panel, summary: Summary): string {
  const facts = partFacts(part, summary).map((fact) => fact.text);
  if (panel.frame === "footer") return `— ${facts.join(" · ")}`;
  if (panel.frame === "notice") return replaceInvisible(summary.name);
  const after = facts.length > 0 ? `(${facts.join(" · ")})` : "";
  return replaceInvisible([summary.name, summary.target, after].filter(Boolean).join(" "));
}

function partMarkdown(part: Part): string {
  return guard(part, (panel) => {
    const { summary, sections } = textPanelOf(part, panel);
    const body = sections
      .map((section) => sectionMarkdown(section, partsMarkdown))
      .filter(Boolean)
      .join("\n\n");
    if (panel.frame === "bare") return body;
    return [markdownHeadline(part, panel, summary), body].filter(Boolean).join("\n\n");
  });
}

function markdownHeadline(part: Part, panel: Panel, summary: Summary): string {
  const facts = partFacts(part, summary).map((fact) => fact.text);
  if (panel.frame === "footer") return `*${facts.join(" · ")}*`;
  if (panel.frame === "notice") return `**${plainMarkdown(summary.name)}**`;
  const target =
    summary.target && (summary.isProse ? plainMarkdown(summary.target) : codeSpan(summary.target));
  return [`**${plainMarkdown(summary.name)}**`, target, facts.length > 0 && `(${facts.join(" · ")})`]
    .filter(Boolean)
    .join(" ");
}

/** Text that markdown shows as it is. */
function plainMarkdown(text: string): string {
  return replaceInvisible(text).replace(/[\\`*_{}[\]<>#|~!]/g, "\\$&");
}

function codeSpan(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 0);
  const ticks = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${ticks}${pad}${replaceInvisible(text)}${pad}${ticks}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** A panel that fails gives way to the part as JSON. */
function guard(part: Part, write: (panel: Panel) => string): string {
  let panel: Panel | undefined;
  try {
    panel = panelOf(part);
    return panel ? write(panel) : replaceInvisible(showJson(part).slice(0, 2000));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const failure = panel ? `panel "${panel.name}" failed: ${reason}` : reason;
    return replaceInvisible(`${failure}\n${showJson(part).slice(0, 2000)}`);
  }
}
