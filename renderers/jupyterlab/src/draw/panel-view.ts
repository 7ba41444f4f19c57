import { partHtml } from "../../../panels/part-html.js";
import type { Part } from "../../../response/parts.js";
import { createHtmlWriter } from "./html-writer.js";
import { morphChildren } from "./morph.js";
import type { PartView } from "./part-view.js";

/** How much of the time drawing one panel may take: after a draw it waits this many times as long as it took. */
const REST = 9;

/**
 * A panel: drawn by the same code as everywhere, and then only what differs is changed. Large ones are drawn less often.
 *
 * @param drawLate runs a draw that comes after `update` has returned: the page may have to follow it.
 */
export function createPanelView(container: HTMLElement, drawLate: (draw: () => void) => void): PartView {
  let html = "";
  let restUntil = 0;
  let timer: number | undefined;
  let newest: Part | undefined;

  const draw = (part: Part): void => {
    const begun = performance.now();
    const drawn = partHtml(part);
    if (drawn !== html) {
      const fragment = document.createDocumentFragment();
      createHtmlWriter(fragment).write(0, drawn);
      morphChildren(container, fragment);
      html = drawn;
    }
    const now = performance.now();
    restUntil = now + (now - begun) * REST;
  };
  const drawNewest = (): void => {
    timer = undefined;
    if (newest) draw(newest);
  };

  return {
    update(part) {
      newest = part;
      const waitMs = restUntil - performance.now();
      const isOpen = part.state === "streaming" || part.state === "running";
      if (isOpen && waitMs > 0) {
        timer ??= window.setTimeout(() => drawLate(drawNewest), waitMs);
        return;
      }
      window.clearTimeout(timer);
      drawNewest();
    },
  };
}
