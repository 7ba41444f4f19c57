import type { Part, TextPart } from "../../../response/parts.js";
import { createMarkdownView } from "./markdown-view.js";
import { createPanelView } from "./panel-view.js";
import type { PartView } from "./part-view.js";

/** The parts of a response on the page. */
export interface ResponseDrawing {
  /**
   * Shows these parts; those that are the same objects as before cost nothing.
   * @returns the elements of those that are not.
   */
  update(parts: readonly Part[]): readonly HTMLElement[];
}

interface DrawnPart {
  readonly id: string;
  readonly type: Part["type"];
  readonly element: HTMLElement;
  readonly view: PartView;
  part: Part | undefined;
}

/** @param drawLate runs what is drawn after `update` has returned */
export function createResponseDrawing(
  container: HTMLElement,
  drawLate: (draw: () => void) => void,
): ResponseDrawing {
  let drawn: DrawnPart[] = [];

  const draw = (part: Part): DrawnPart => {
    const element = document.createElement("div");
    element.className = "cn-part";
    const view = part.type === "text" ? createMarkdownView(element) : createPanelView(element, drawLate);
    return {
      id: part.id,
      type: part.type,
      element,
      view: view as PartView<TextPart & Part>,
      part: undefined,
    };
  };

  return {
    update(parts) {
      const known = new Map(drawn.map((each) => [each.id, each]));
      const next = parts.map((part) => {
        const old = known.get(part.id);
        if (old?.type !== part.type) return draw(part);
        known.delete(part.id);
        return old;
      });
      const stays = new Set(next);
      for (const each of drawn) if (!stays.has(each)) each.element.remove();
      const changed: HTMLElement[] = [];
      next.forEach((each, i) => {
        if (each.element !== container.children[i])
          container.insertBefore(each.element, container.children[i] ?? null);
        if (each.part === parts[i]) return;
        each.part = parts[i];
        each.view.update(parts[i]!);
        changed.push(each.element);
      });
      drawn = next;
      return changed;
    },
  };
}
