import { type CallDescription, describeCall, textsIn } from "../../../approval/describe-call.js";
import { showInvisible, showOnOneLine } from "../../../approval/invisible-characters.js";
import { highlightCode } from "../../../code/highlight-code.js";
import type { Ask } from "../../../live/live-protocol.js";
import { renderMarkdownHtml } from "../../../markdown/render-markdown-html.js";
import { partHtml } from "../../../panels/part-html.js";
import { stringField } from "../../../panels/read-value.js";
import { MAX_SECTION_CHARS } from "../../../sections/fold-lines.js";
import { element } from "./elements.js";
import { createHtmlWriter } from "./html-writer.js";

/** Longest text, longest line and most lines of an input that its panel shows without cutting any of it. */
const WHOLE = { chars: MAX_SECTION_CHARS, lineChars: 2_000, lines: 1_000 } as const;

/** Everything that a question is about, drawn from the exact input and whole: nothing is cut, folded or out of sight. */
export function askBody(ask: Ask, input: unknown): HTMLElement[] {
  const call = describeCall(ask.tool, input);
  const description = stringField(input, "description");
  return [
    drawInput(ask, input, call),
    ...(call.command !== undefined && description
      ? [element("div", { class: "cn-prose", text: `Claude says: ${showOnOneLine(description)}` })]
      : []),
    facts([
      ["cn-bad", call.destroys.length > 0 ? `⚠ ${call.destroys.join(", ")}` : ""],
      [
        "cn-bad",
        call.invisible.length > 0 ? `⚠ holds ${call.invisible.join(" and ")} characters, shown as ⟨U+…⟩` : "",
      ],
      ["cn-soft", call.always.join(", ")],
      ["cn-warn", named("Also in its input", call.more)],
      ["cn-soft", named("Paths it names", call.paths)],
      ["cn-soft", named("Hosts it names", call.hosts)],
      ["cn-warn", ask.blockedPath ? `Outside of the allowed folders: ${showOnOneLine(ask.blockedPath)}` : ""],
      ["cn-soft", ask.reason ? `Why it is asked: ${showOnOneLine(ask.reason)}` : ""],
      ["cn-soft", `Denied if nobody answers by ${timeOfDay(Date.now() + ask.timeoutMs)}`],
    ]),
  ];
}

function drawInput(ask: Ask, input: unknown, { command, code }: CallDescription): HTMLElement {
  const program = command ?? code;
  if (program !== undefined) {
    const pre = element("pre");
    const language = command === undefined ? "typescript" : "bash";
    for (const { text, className } of highlightCode(showInvisible(program), language))
      pre.append(className ? element("span", { class: className, text }) : text);
    return element("div", { class: "highlight cn-approval-code" }, [pre]);
  }
  if (ask.tool === "ExitPlanMode") {
    const plan = element("div", { class: "cn-text" });
    createHtmlWriter(plan).write(0, renderMarkdownHtml(showInvisible(stringField(input, "plan") ?? "")));
    return plan;
  }
  const visible = mapTexts(input, showInvisible);
  const panel = element("div");
  const part = {
    id: ask.id,
    type: "tool",
    state: "running",
    name: ask.tool,
    input: visible,
    children: [],
  } as const;
  createHtmlWriter(panel).write(0, partHtml(part));
  for (const fold of panel.querySelectorAll("details")) fold.open = true;
  // A panel is made for reading, and cuts what is long; what is allowed is this.
  const exact = element("details", { class: "cn-more" }, [
    element("summary", { text: "The exact input" }),
    element("pre", { text: showInvisible(JSON.stringify(input, null, 2)) }),
  ]);
  exact.open = !isShownWhole(input);
  return element("div", {}, [panel, exact]);
}

function isShownWhole(input: unknown): boolean {
  const lines = textsIn(input).flatMap((text) => text.split("\n"));
  const chars = lines.reduce((sum, line) => sum + line.length, 0);
  return (
    chars <= WHOLE.chars &&
    lines.length <= WHOLE.lines &&
    lines.every((line) => line.length <= WHOLE.lineChars)
  );
}

/** Hours and minutes as the reader's clock shows them. */
function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function facts(rows: readonly (readonly [className: string, text: string])[]): HTMLElement {
  const items = rows
    .filter(([, text]) => text !== "")
    .map(([name, text]) => element("li", { class: name, text }));
  return element("ul", { class: "cn-approval-facts" }, items);
}

function named(label: string, places: readonly string[]): string {
  return places.length === 0 ? "" : `${label}: ${places.map(showOnOneLine).join("  ")}`;
}

/** The value with each text in it changed. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [change(name), mapTexts(field, change)]),
  );
}
