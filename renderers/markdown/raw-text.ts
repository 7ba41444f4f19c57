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
  return {
    add(text) {
      block ??= { ...openBlock("</p>\n"), pieces: [{ html: "<p>", render: () => "<p>" }] };
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
