import { createMarkdownStream, type MarkdownStream } from "../../../markdown/markdown-stream.js";
import { renderMarkdownHtml } from "../../../markdown/render-markdown-html.js";
import type { TextPart } from "../../../response/parts.js";
import { createHtmlWriter, type HtmlWriter } from "./html-writer.js";
import type { PartView } from "./part-view.js";

/** Claude's text: what is added costs what it is, however much stands there already. */
export function createMarkdownView(container: HTMLElement): PartView<TextPart> {
  const box = document.createElement("div");
  container.append(box);
  let stream: MarkdownStream | undefined;
  let shown = "";
  let blocks: HtmlWriter[] = [];

  const writerOf = (index: number): HtmlWriter => {
    while (blocks.length <= index) {
      const own = blocks.length;
      blocks.push(createHtmlWriter(box, () => firstNode(blocks.slice(own + 1))));
    }
    return blocks[index]!;
  };
  const apply = (patches: ReturnType<MarkdownStream["append"]>): void => {
    for (const { block, keep, html } of patches) writerOf(block).write(keep, html);
  };
  const clear = (): void => {
    for (const block of blocks) block.remove();
    blocks = [];
    stream = undefined;
    shown = "";
  };

  return {
    update({ text, state }) {
      const isGrowing = state === "streaming";
      box.className = isGrowing ? "cn-text cn-growing" : "cn-text";
      // A text that was corrected, or goes on after its end, begins anew.
      if (!text.startsWith(shown) || (!stream && shown !== "" && text !== shown)) clear();
      if (shown === "" && !isGrowing) {
        if (!stream) writerOf(0).write(0, renderMarkdownHtml(text));
        shown = text;
      }
      if (isGrowing || stream) {
        stream ??= createMarkdownStream();
        const added = text.slice(shown.length);
        if (added !== "" || isGrowing) apply(stream.append(added));
        if (!isGrowing) {
          apply(stream.end());
          stream = undefined;
        }
      }
      shown = text;
    },
  };
}

function firstNode(writers: readonly HtmlWriter[]): Node | undefined {
  for (const writer of writers) {
    const node = writer.first();
    if (node) return node;
  }
  return undefined;
}
