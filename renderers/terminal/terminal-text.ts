import { replaceInvisible } from "../html/escape.js";
import { summaryOf } from "../panels/bounded-panel.js";
import type { Panel, Summary, Tone } from "../panels/panel.js";
import { partFacts } from "../panels/part-facts.js";
import { partsText } from "../panels/part-text.js";
import { panelOf } from "../panels/table.js";
import { textPanelOf } from "../panels/text-sections.js";
import type { Part, TextPart } from "../response/parts.js";
import { sectionText } from "../sections/section-text.js";
import { trimEndOf } from "../text/trim-end.js";

/** How a response is printed. */
export interface TerminalOptions {
  /** Whether escape sequences for colour are written; they stand for nothing that the words do not say. */
  readonly color: boolean;
  /** Columns of the terminal; lines of panels are cut there. Claude's own text is left to the terminal to wrap. */
  readonly width: number;
}

/** What is known of a part's text: as long as it is not final, more may follow, but what stands there stays. */
export interface TerminalText {
  readonly text: string;
  readonly isFinal: boolean;
}

/** SGR codes. @see https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
const STYLES = { bold: 1, dim: 2, ok: 32, bad: 31, warn: 33 } as const;

/** Least width that lines are cut to: narrower terminals show nothing useful anyway. */
const MIN_WIDTH = 20;

/** The text of a part on a terminal. */
export function terminalText(part: Part, options: TerminalOptions): TerminalText {
  const isFinal = part.state !== "streaming" && part.state !== "running";
  if (part.type === "text") return { text: answerText(part, isFinal), isFinal };
  let panel: Panel | undefined;
  try {
    panel = panelOf(part);
    if (!panel) return { text: "", isFinal: true };
    if (isFinal) return { text: `${panelLines(part, panel, options).join("\n")}\n`, isFinal };
    return {
      text:
        part.type === "tool" && part.state === "running"
          ? `${headline(part, panel, summaryOf(part, panel), options)}\n`
          : "",
      isFinal,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const failure = panel ? `panel "${panel.name}" failed: ${reason}` : reason;
    return { text: `${replaceInvisible(failure)}\n`, isFinal: true };
  }
}

/** Claude's text as it is; while it streams, half a character at its end waits for the other half. */
function answerText({ text }: TextPart, isFinal: boolean): string {
  const stable = isFinal ? text.trimEnd() : trimEndOf(text, /[\s\ud800-\udbff]/);
  return replaceInvisible(stable) + (isFinal ? "\n" : "");
}

function panelLines(part: Part, panel: Panel, options: TerminalOptions): string[] {
  const { summary, sections } = textPanelOf(part, panel);
  const facts = partFacts(part, summary).map(({ text, tone }) =>
    paint(replaceInvisible(text), tone ?? "dim", options),
  );
  if (panel.frame === "footer")
    return [[paint("—", "dim", options), facts.join(paint(" · ", "dim", options))].join(" ")];
  const body = sections.map((section) => ({ section, text: sectionText(section, partsText) }));
  const lines = body
    .filter(({ text }) => text !== "")
    .flatMap(({ section, text }) =>
      text
        .split("\n")
        .map((line) => `  ${paintLine(cutLine(line, options.width - 2), section.type, options)}`),
    );
  const end = panel.frame === "notice" || facts.length === 0 ? [] : [`  ${facts.join(" · ")}`];
  return [headline(part, panel, summary, options), ...lines, ...end];
}

function headline(
  part: Part,
  panel: Panel,
  { name, target = "" }: Summary,
  options: TerminalOptions,
): string {
  const tone = panel.kind(part) === "error" ? "bad" : "bold";
  const line = cutLine(replaceInvisible(`${name} ${target}`.trim()), options.width - 2);
  return `● ${paint(line.slice(0, name.length), tone, options)}${line.slice(name.length)}`;
}

function paintLine(line: string, section: string, options: TerminalOptions): string {
  if (section === "prose") return paint(line, "dim", options);
  if (section !== "diff") return line;
  const sign = /^[\d ]*([+-]) /.exec(line)?.[1];
  return sign ? paint(line, sign === "+" ? "ok" : "bad", options) : line;
}

function paint(text: string, style: Tone | "bold" | "dim", { color }: TerminalOptions): string {
  return color && text !== "" ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
}

function cutLine(line: string, width: number): string {
  const columns = Math.max(MIN_WIDTH, width);
  if (line.length <= columns) return line;
  const chars = [...line];
  return chars.length <= columns ? line : `${chars.slice(0, columns - 1).join("")}…`;
}
