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
  return {
    add(text) {
      block ??= { ...openBlock("</p>\n"), pieces: [{ html: "<p>", render: () => "<p>" }] };
      const html = escapeHtml(text);
      block.pieces.push({ html, render: () => html });
    },
    clear() {
      block = undefined;
    },
    blocks: () => (block ? [block] : []),
  };
}
