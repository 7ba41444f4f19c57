import { renderMarkdownHtml } from "../markdown/render-markdown-html.js";
import { pageFoldHtml } from "../page/fold-html.js";
import { type PageIds, stableId } from "../page/page-ids.js";
import { partsHtml } from "../panels/part-html.js";
import type { Part } from "../response/parts.js";
import type { SessionTurn } from "./session-turns.js";

export interface TurnContext {
  readonly ids: PageIds;
  readonly fold: boolean;
}

/** A prompt and what came of it, as a section that can be linked to. @param place `number` from 1 */
export function turnHtml(
  { prompt, parts }: SessionTurn,
  place: { readonly id: string; readonly number: number },
  { ids, fold }: TurnContext,
): string {
  const marks = { idOf: ({ id }: Part) => ids.claim(stableId("panel", id.replace(/^part-/, "")) ?? "panel") };
  const html = fold
    ? foldWork(parts)
        .map((run) =>
          run.isWork ? workHtml(run.parts, partsHtml(run.parts, 0, marks)) : partsHtml(run.parts, 0, marks),
        )
        .join("\n")
    : partsHtml(parts, 0, marks);
  const link = `<a class="link" href="#${place.id}" aria-label="Link to turn ${place.number}"></a>`;
  const words =
    prompt === undefined
      ? ""
      : `<div class="cn prompt">${link}<div class="cn-text">${renderMarkdownHtml(prompt).trimEnd()}</div></div>\n`;
  return `<section class="turn" id="${place.id}" aria-label="Turn ${place.number}">${words}<div class="cn">${html}</div></section>`;
}

/** Parts that follow each other and are all work, or none. */
interface Run {
  readonly isWork: boolean;
  readonly parts: Part[];
}

/** Takes apart what Claude said, what went wrong and what it took from what it did in between. */
function foldWork(parts: readonly Part[]): Run[] {
  const runs: Run[] = [];
  for (const part of parts) {
    const isWork = part.type === "tool" || part.type === "thinking";
    const last = runs.at(-1);
    if (last?.isWork === isWork) last.parts.push(part);
    else runs.push({ isWork, parts: [part] });
  }
  return runs;
}

/** "7 steps: Read 3, Edit 2, Bash 2"; open when a step failed. */
function workHtml(parts: readonly Part[], html: string): string {
  const counts = new Map<string, number>();
  for (const part of parts) {
    const name = part.type === "tool" ? part.name : "Thinking";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].map(([name, count]) => (count === 1 ? name : `${name} ${count}`)).join(", ");
  const label = `${parts.length} step${parts.length === 1 ? "" : "s"}: ${names}`;
  return pageFoldHtml(
    label,
    html,
    parts.some(({ state }) => state === "failed"),
  );
}
