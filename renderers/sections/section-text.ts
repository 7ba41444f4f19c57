import { stripAnsi } from "../ansi/ansi-runs.js";
import { diffTextLines, unifiedLines } from "../diff/diff-lines.js";
import { replaceInvisible } from "../html/escape.js";
import { showJson } from "../panels/read-value.js";
import type { Part } from "../response/parts.js";
import { trimBreaks } from "../text/trim-end.js";
import { flowTextLines } from "./flow-html.js";
import { cutText, foldLabel, foldLines, HEAD_LINES } from "./fold-lines.js";
import { matchTextLines } from "./match-lines.js";
import type { ChecklistItem, Section } from "./section.js";
import { tableTextLines } from "./table-html.js";

type Write<Type extends Section["type"]> = (
  section: Extract<Section, { type: Type }>,
  writeParts: (parts: readonly Part[]) => string,
) => string;

const CHECKS: Readonly<Record<ChecklistItem["state"], string>> = {
  done: "✓",
  now: "▸",
  open: "○",
  chosen: "●",
};

/** Each kind of section as plain text, without escape sequences. */
const TEXTS: { readonly [Type in Section["type"]]: Write<Type> } = {
  code: ({ code }) => foldText(cutText(code).text.split("\n")),
  output: ({ text, label }) => {
    const lines = foldText(trimBreaks(cutText(stripAnsi(text)).text).split("\n"));
    return label ? `${label}:\n${lines}` : lines;
  },
  diff: ({ hunks }) => foldText(diffTextLines(hunks)),
  markdown: ({ text }) => text.trim(),
  prose: ({ text }) => foldText(cutText(text.trim()).text.split("\n")),
  checklist: ({ items, label }) =>
    [
      ...(label ? [label] : []),
      ...items.map(({ text, state, note }) => `${CHECKS[state]} ${text}${note ? ` – ${note}` : ""}`),
    ].join("\n"),
  hints: ({ hints }) => hints.map((hint) => `- ${hint}`).join("\n"),
  image: ({ mediaType, alt }) => `[image ${mediaType}: ${alt}]`,
  matches: ({ files }) => foldText(files.flatMap(matchTextLines)),
  links: ({ links }) =>
    links.map(({ title, url }) => `- ${[title, url].filter(Boolean).join(" ")}`).join("\n"),
  fields: ({ fields }) => fields.map(([name, value]) => `${name}: ${value}`).join("\n"),
  json: ({ value }) => foldText(cutText(showJson(value)).text.split("\n")),
  table: ({ columns, rows }) => foldText(tableTextLines(columns, rows)),
  // Never folded: a diagram with its end left out says nothing.
  flow: ({ steps }) => flowTextLines(steps).join("\n"),
  note: ({ text }) => `… ${text}`,
  parts: ({ parts }, writeParts) => writeParts(parts),
};

/** A section as plain text, folded like its HTML. */
export function sectionText(section: Section, writeParts: (parts: readonly Part[]) => string): string {
  return replaceInvisible((TEXTS[section.type] as Write<Section["type"]>)(section, writeParts));
}

/** A section as markdown. */
export function sectionMarkdown(section: Section, writeParts: (parts: readonly Part[]) => string): string {
  if (section.type === "diff") return fenced(foldText(unifiedLines(section.hunks)), "diff");
  const text = sectionText(section, writeParts);
  if (section.type === "code") return fenced(text, section.language ?? "");
  if (section.type === "json") return fenced(text, "json");
  if (section.type === "matches" || section.type === "table" || section.type === "flow")
    return fenced(text, "");
  if (section.type === "fields") return text.replace(/^(?=.)/gm, "- ");
  if (section.type === "output") return fenced(text, "");
  if (section.type === "checklist") return text.replace(/^/gm, "- ");
  if (section.type === "prose") return text.replace(/^/gm, "> ");
  return text;
}

/** A fence longer than any run of backticks in the text, so that the text cannot end it. */
function fenced(text: string, language: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function foldText(lines: readonly string[]): string {
  const { shown, folded } = foldLines(lines, HEAD_LINES.text);
  return folded.length === 0 ? shown.join("\n") : [...shown, `… ${foldLabel(folded.length)}`].join("\n");
}
