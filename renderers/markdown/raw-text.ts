import { escapeHtml } from "../html/escape.js";
import { type Block, openBlock } from "./open-region.js";

/** Text that waits for the next update of a large region, shown as it is. */
export interface RawText {
  add(text: string): void;
  clear(): void;
  blocks(): readonly Block[];
}

export function createRawText(): RawText {
  let block: Block | undefined;
  /** The first half of a character whose second half comes with the next text. */
  let held = "";
  let startsLine = false;
  return {
    add(added) {
      const text = withoutQuoteMarks(added, startsLine);
      if (text !== "") startsLine = text.endsWith("\n");
      block ??= { ...openBlock("</p>\n"), pieces: [{ html: "<p>", render: () => "<p>" }] };
      const whole = held + text;
      held = /[\ud800-\udbff]$/.test(whole) ? whole.slice(-1) : "";
      const html = escapeHtml(held === "" ? whole : whole.slice(0, -1));
      block.pieces.push({ html, render: () => html });
    },
    clear() {
      block = undefined;
      startsLine = false;
      held = "";
    },
    blocks: () => (block ? [block] : []),
  };
}

/** The marks of quotes show in no rendering; in a deep quote they would be most of what is sent. */
function withoutQuoteMarks(text: string, startsLine: boolean): string {
  const lines = text.replace(/\n[ \t]*>[> \t]*/g, "\n");
  return startsLine ? lines.replace(/^[ \t]*>[> \t]*/, "") : lines;
}
