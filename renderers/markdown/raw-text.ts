import { escapeHtml } from "../html/escape.js";
import { type Block, openBlock } from "./open-region.js";

/** Text that waits for the next update of a large region, shown as it is. */
export interface RawText {
  /** Takes text that comes; `isShown` when it waits, otherwise it is only followed, to know how its line begins. */
  add(text: string, isShown: boolean): void;
  clear(): void;
  blocks(): readonly Block[];
}

export function createRawText(): RawText {
  let block: Block | undefined;
  /** The first half of a character whose second half comes with the next text. */
  let held = "";
  /** Whether the line so far is blank or holds marks of quotes only. */
  let isInMarks = true;
  return {
    add(added, isShown) {
      const text = withoutQuoteMarks(added, isInMarks);
      const line = added.lastIndexOf("\n") + 1;
      isInMarks = (line > 0 || isInMarks) && /^[ \t>]*$/.test(added.slice(line));
      if (!isShown) return;
      // The end tag of a paragraph may be left out: it would be sent again with every piece.
      block ??= { ...openBlock(""), pieces: [{ html: "<p>", render: () => "<p>" }] };
      const whole = held + text;
      held = /[\ud800-\udbff]$/.test(whole) ? whole.slice(-1) : "";
      const html = escapeHtml(held === "" ? whole : whole.slice(0, -1));
      block.pieces.push({ html, render: () => html });
    },
    clear() {
      block = undefined;
      held = "";
    },
    blocks: () => (block ? [block] : []),
  };
}

/** The marks of quotes show in no rendering; in a deep quote they would be most of what is sent. */
function withoutQuoteMarks(text: string, isInMarks: boolean): string {
  const lines = text.replace(/\n[ \t]*>[> \t]*/g, "\n");
  return isInMarks ? lines.replace(/^[ \t]*>[> \t]*/, "") : lines;
}
