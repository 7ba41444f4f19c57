import { expect } from "vitest";
import { LAG_LIMITS, type LagLimits } from "../../../renderers/markdown/lag-net.js";
import { createMarkdown } from "../../../renderers/markdown/markdown.js";
import { createTunedStream } from "../../../renderers/markdown/markdown-stream.js";
import type { MarkdownPatch } from "../../../renderers/markdown/patches.js";
import { SIZE_LIMITS, type SizeLimits } from "../../../renderers/markdown/size-limits.js";

/** Every update at once: what waits is tested apart. */
export const NO_LAG: LagLimits = {
  from: Infinity,
  growth: 0,
  afterMs: 0,
  rest: 0,
  sent: Infinity,
  freeSent: 0,
  now: () => 0,
};

/** As shipped, on a clock that stands still: nothing is exact only because time has passed. */
export const SHIPPED: LagLimits = { ...LAG_LIMITS, now: () => 0 };

const SPANS = /<\/?span[^>]*>/g;

/** The smallest limits, so that texts of a few lines meet them. */
export const TIGHT: SizeLimits = { added: 600, freeAddress: 2, emptyCells: -2 };

const renderers = new Map([SIZE_LIMITS, TIGHT].map((limits) => [limits, createMarkdown({}, limits)]));

type Render = (text: string) => string;

/** Whether a line added to the text would fall into a fence. */
function endsInFence(text: string, render: Render): boolean {
  return !render(`${text}\n\n\u2603`).endsWith("<p>\u2603</p>\n");
}

/** What the stream shows is what the full render shows; in an open fence, with its spans of colour taken out. */
function isExact(html: string, text: string, render: Render): boolean {
  const full = render(text);
  if (html === full) return true;
  return html.replace(SPANS, "") === full.replace(SPANS, "") && endsInFence(text, render);
}

/** Applies patches as a page would. */
export function createPatchedDocument(): { apply(patches: readonly MarkdownPatch[]): void; html(): string } {
  const blocks: string[] = [];
  return {
    apply(patches) {
      for (const { block, keep, html } of patches)
        blocks[block] = (blocks[block] ?? "").slice(0, keep) + html;
    },
    html: () => blocks.join(""),
  };
}

/** Streams chunks; after each, the stream and the patched document show what a full render of the text so far shows. */
export function expectExactAtEveryPrefix(
  chunks: readonly string[],
  growFrom = 0,
  size = SIZE_LIMITS,
  lag = NO_LAG,
): void {
  const stream = createTunedStream({}, { growFrom, lag, size });
  const render: Render = (whole) => renderers.get(size)!.render(whole);
  const page = createPatchedDocument();
  let text = "";
  for (const chunk of chunks) {
    text += chunk;
    page.apply(stream.append(chunk));
    const html = stream.html();
    if (!isExact(html, text, render)) expect({ text, html }).toEqual({ text, html: render(text) });
    if (page.html() !== html) expect({ text, patched: page.html() }).toEqual({ text, patched: html });
  }
  page.apply(stream.end());
  const full = render(text);
  if (page.html() !== full || stream.html() !== full) {
    expect({ text, patched: page.html(), html: stream.html() }).toEqual({ text, patched: full, html: full });
  }
}

export function chunksOf(text: string, longest: number, random: () => number): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = 1 + Math.floor(random() * longest);
    chunks.push(text.slice(at, at + size));
    at += size;
  }
  return chunks;
}
