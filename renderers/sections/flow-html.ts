import { escapeHtml } from "../html/escape.js";
import type { FlowStep } from "./section.js";

/** Signs of how a step stands, and what they mean in words. */
export const FLOW_MARKS: Readonly<
  Record<FlowStep["state"], { readonly mark: string; readonly tone: string; readonly word?: string }>
> = {
  open: { mark: "○", tone: "cn-soft" },
  now: { mark: "▸", tone: "cn-warn" },
  done: { mark: "✓", tone: "cn-ok" },
  skipped: { mark: "–", tone: "cn-soft", word: "skipped" },
  failed: { mark: "✗", tone: "cn-bad", word: "failed" },
  blocked: { mark: "⊘", tone: "cn-bad", word: "blocked" },
  stopped: { mark: "◼", tone: "cn-warn", word: "stopped" },
};

/** Most levels that are drawn. */
const MAX_DEPTH = 8;

/** Longest text of what came of a step, in characters. */
const MAX_DETAIL_CHARS = 2_000;

/** What of it stands in one line, in characters. */
const MAX_LINE_CHARS = 80;

/** Inline, for hosts that drop the style sheet: boxes in a column, a line down their left side, lanes beside one another. */
const STYLES = {
  flow: "list-style:none;margin:0;padding:0",
  step: "border-left:2px solid rgba(128,128,128,.4);margin:0;padding:1px 0 5px 12px",
  lanes: "display:flex;flex-wrap:wrap;gap:8px;margin:4px 0 0",
  lane: "flex:1 1 180px;min-width:0;border:1px solid rgba(128,128,128,.35);border-radius:6px;padding:4px 10px",
} as const;

/** Steps, one under another; what runs at once stands side by side. */
export function flowHtml(steps: readonly FlowStep[], depth = 0): string {
  if (depth > MAX_DEPTH) return `<div class="cn-label">${steps.length} more inside</div>`;
  return `<ol class="cn-flow" style="${STYLES.flow}">${steps.map((step) => stepHtml(step, depth)).join("")}</ol>`;
}

function stepHtml(step: FlowStep, depth: number): string {
  const { title, state, sign, facts, detail, lanes } = step;
  const { mark, tone, word } = FLOW_MARKS[state];
  const words = [...(word ? [word] : []), ...facts].map(escapeHtml).join(" · ");
  const name = state === "now" || state === "failed" ? `<b>${escapeHtml(title)}</b>` : escapeHtml(title);
  const pulse = state === "now" && lanes.length === 0 ? '<span class="cn-run"></span>' : "";
  const line = `<span class="${tone}">${mark}</span> ${sign ? `<span class="cn-soft">${escapeHtml(sign)}</span> ` : ""}${name}`;
  const rest = words
    ? ` <span class="${state === "failed" || state === "blocked" ? "cn-bad" : "cn-soft"}">${words}</span>`
    : "";
  const head = `<div>${line}${rest} ${pulse}</div>`;
  return `<li style="${STYLES.step}">${head}${detailHtml(detail, state)}${lanesHtml(lanes, depth)}</li>`;
}

function detailHtml(detail: string | undefined, state: FlowStep["state"]): string {
  if (!detail) return "";
  const cut = detail.length > MAX_DETAIL_CHARS ? `${detail.slice(0, MAX_DETAIL_CHARS)} …` : detail;
  const text = `<div class="cn-prose" style="white-space:pre-wrap">${escapeHtml(cut)}</div>`;
  if (state === "failed" || state === "blocked") return text;
  const line = cut.trim().replace(/\s+/g, " ");
  const first = line.length > MAX_LINE_CHARS ? `${line.slice(0, MAX_LINE_CHARS)} …` : line;
  if (first === cut) return `<div class="cn-prose">${escapeHtml(cut)}</div>`;
  return `<details class="cn-more"><summary>${escapeHtml(first)}</summary>${text}</details>`;
}

function lanesHtml(lanes: FlowStep["lanes"], depth: number): string {
  if (lanes.length === 0) return "";
  const boxes = lanes.map(({ title, steps, isOff }) => {
    const label = title ? `<div class="cn-label">${escapeHtml(title)}</div>` : "";
    return `<div class="cn-lane${isOff ? " cn-soft" : ""}" style="${STYLES.lane}">${label}${flowHtml(steps, depth + 1)}</div>`;
  });
  return `<div class="cn-lanes" style="${STYLES.lanes}">${boxes.join("")}</div>`;
}

/** The same as lines of text: what runs at once is marked by `║`, what is inside is indented. */
export function flowTextLines(steps: readonly FlowStep[], indent = ""): string[] {
  return steps.flatMap((step) => {
    const { title, state, sign, facts, detail, lanes } = step;
    const { mark, word } = FLOW_MARKS[state];
    const words = [...(word ? [word] : []), ...facts].join(" · ");
    const head = `${indent}${mark} ${sign ? `${sign} ` : ""}${title}${words ? ` (${words})` : ""}`;
    const why = state === "failed" && detail ? [`${indent}  ${detail.split("\n", 1)[0]}`] : [];
    const inner = lanes.flatMap(({ title: name, steps: own }) => [
      ...(name ? [`${indent}  ${name}:`] : []),
      ...flowTextLines(own, `${indent}${lanes.length > 1 ? (name ? "    " : "  ║ ") : "  "}`),
    ]);
    return [head, ...why, ...inner];
  });
}
