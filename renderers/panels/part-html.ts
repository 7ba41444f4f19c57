import { escapeHtml } from "../html/escape.js";
import type { Part } from "../response/parts.js";
import { inlineCodeHtml, sectionHtml } from "../sections/section-html.js";
import { inlineHue, KINDS, type Kind } from "../style/hues.js";
import { bodyOf, summaryOf } from "./bounded-panel.js";
import type { Fact, Panel, Summary } from "./panel.js";
import { partFacts } from "./part-facts.js";
import { showJson } from "./read-value.js";
import { panelOf } from "./table.js";

/** Most levels of subagents that are drawn; deeper ones are counted. */
const MAX_DEPTH = 8;

/** What a page adds to parts, so that they can be linked to and filtered. */
export interface PageMarks {
  /** The id of a panel. It is asked once for each panel, in reading order. */
  readonly idOf: (part: Part) => string;
}

/** The HTML of parts, one after another. */
export function partsHtml(parts: readonly Part[], depth = 0, marks?: PageMarks): string {
  if (depth > MAX_DEPTH) return `<div class="cn-label">${parts.length} more inside</div>`;
  return parts.map((part) => partHtml(part, depth, marks)).join("\n");
}

/** The HTML of a part. A panel that fails gives way to plain text that names it. */
export function partHtml(part: Part, depth = 0, marks?: PageMarks): string {
  let panel: Panel | undefined;
  try {
    panel = panelOf(part);
    if (!panel) return fallbackHtml(part, `no panel knows the part "${String((part as Part).type)}"`);
    return FRAMES[panel.frame](part, panel, depth, marks);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fallbackHtml(part, panel ? `panel "${panel.name}" failed: ${reason}` : reason);
  }
}

type DrawFrame = (part: Part, panel: Panel, depth: number, marks: PageMarks | undefined) => string;

const FRAMES: Readonly<Record<Panel["frame"], DrawFrame>> = {
  bare: (part, panel, depth, marks) => bodyHtml(part, panel, depth, marks),
  footer: (part, panel, depth, marks) => {
    const line = footHtml(part, panel);
    const body = bodyHtml(part, panel, depth, marks);
    const style = 'style="font-size:12px;padding-top:6px"';
    if (!body) return `<div class="cn-foot" ${style}>${line}</div>`;
    return `<details class="cn-end" ${style}><summary class="cn-foot">${line}</summary><div class="cn-body">${body}</div></details>`;
  },
  notice: (part, panel, depth, marks) => {
    const kind = kindOf(part, panel);
    const { attribute } = placeOf(part, marks);
    const title = `<b class="cn-name">${NOTICE_MARKS[kind] ?? ""}${inlineCodeHtml(summaryOf(part, panel).name)}</b>`;
    return `<div class="cn-panel cn-notice cn-${kind}"${attribute} style="${boxStyle(kind)};padding:6px 12px">${title}${bodyHtml(part, panel, depth, marks)}</div>`;
  },
  panel: (part, panel, depth, marks) => {
    const kind = kindOf(part, panel);
    // Before the body, so that a panel has its id before those inside it.
    const { attribute, link, failed } = placeOf(part, marks);
    const body = bodyHtml(part, panel, depth, marks);
    const open = (panel.isOpen ?? isOpenByDefault)(part) ? " open" : "";
    const line = `<summary style="padding:4px 10px;cursor:pointer">${summaryHtml(part, summaryOf(part, panel))}</summary>`;
    // Not in the line: what can be clicked holds nothing else that can.
    const inner = body ? `${link}<div class="cn-body" style="padding:6px 12px">${body}</div>` : "";
    return `<details class="cn-panel cn-${kind}${failed}${body ? "" : " cn-empty"}"${attribute} style="${boxStyle(kind)}"${open}>${line}${inner}</details>`;
  },
};

const NOTICE_MARKS: Partial<Record<Kind, string>> = { error: "✗ ", warning: "⚠\uFE0E " };

/** A registered panel may say anything; what is no kind gets the quiet hue. */
function kindOf(part: Part, panel: Panel): Kind {
  const kind = panel.kind(part);
  return KINDS.includes(kind) ? kind : "tool";
}

function boxStyle(kind: Kind): string {
  return `border:1px solid rgba(128,128,128,.35);border-left:3px solid ${inlineHue(kind)};border-radius:6px;margin:8px 0`;
}

/** Open is what is at work and what went wrong. */
function isOpenByDefault({ state }: Part): boolean {
  return state !== "done";
}

/** What marks a panel of a page: its id, a link to it, and whether it failed. Nothing of it stands in notebooks. */
function placeOf(
  part: Part,
  marks: PageMarks | undefined,
): { readonly attribute: string; readonly link: string; readonly failed: string } {
  if (!marks) return { attribute: "", link: "", failed: "" };
  const id = escapeHtml(marks.idOf(part));
  return {
    attribute: ` id="${id}"`,
    link: `<a class="link" href="#${id}" aria-label="Link"></a>`,
    failed: part.state === "failed" ? " cn-failed" : "",
  };
}

function bodyHtml(part: Part, panel: Panel, depth: number, marks: PageMarks | undefined): string {
  const drawParts = (parts: readonly Part[]): string => partsHtml(parts, depth + 1, marks);
  return bodyOf(part, panel)
    .map((section) => sectionHtml(section, drawParts))
    .join("");
}

/** Blanks and the dot between the pieces matter where styles are stripped. */
function summaryHtml(part: Part, summary: Summary): string {
  const { name, target, isProse } = summary;
  const tag = isProse ? "span" : "code";
  const facts = partFacts(part, summary).map(factHtml).join(" · ");
  const targetHtml = target ? `<${tag} class="cn-target">${escapeHtml(target)}</${tag}>` : "";
  const dot = target && facts ? "<i> · </i>" : "";
  return `<b class="cn-name">${escapeHtml(name)}</b> ${targetHtml}${dot}<span class="cn-facts">${pulseHtml(part)}${facts}</span>`;
}

function pulseHtml({ state }: Part): string {
  return state === "running" || state === "streaming" ? '<span class="cn-run"></span>' : "";
}

function factHtml({ text, tone, share }: Fact): string {
  const words = tone ? `<span class="cn-${tone}">${escapeHtml(text)}</span>` : escapeHtml(text);
  return share === undefined ? words : `${gaugeHtml(share)}${words}`;
}

/** A bar that is filled by a share, in steps of a pixel; the words beside it say the same. */
function gaugeHtml(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * GAUGE_PIXELS);
  return `<span class="cn-gauge"><b style="padding-left:${filled}px"></b></span>`;
}

/** Width of a gauge in the style sheet. */
const GAUGE_PIXELS = 40;

/** The figures, then at the right edge what was replayed; the dots show only where styles are stripped. */
function footHtml(part: Part, panel: Panel): string {
  const facts = (summaryOf(part, panel).facts ?? []).map(factHtml);
  const replay = part.type === "footer" && part.replayed ? facts.pop() : undefined;
  const spans = facts.map((text) => `<span>${text}</span>`);
  if (replay) spans.push(`<span class="cn-replay">${replay}</span>`);
  return spans.join("<i> · </i>");
}

function fallbackHtml(part: Part, reason: string): string {
  const text = `${reason}\n${showJson(part).slice(0, 2000)}`;
  return `<pre class="cn-out" style="white-space:pre-wrap">${escapeHtml(text)}</pre>`;
}
