import type { Part, TextPart } from "../../../response/parts.js";
import { createMarkdownView } from "./markdown-view.js";
import { createPanelView } from "./panel-view.js";
import type { PartView } from "./part-view.js";

/** The parts of a response on the page. */
export interface ResponseDrawing {
  /** Shows these parts; those that are the same objects as before cost nothing. */
  update(parts: readonly Part[]): void;
}

interface DrawnPart {
  readonly id: string;
  readonly type: Part["type"];
  readonly element: HTMLElement;
  readonly view: PartView;
  part: Part | undefined;
}

export function createResponseDrawing(container: HTMLElement): ResponseDrawing {
  let drawn: DrawnPart[] = [];

  const draw = (part: Part): DrawnPart => {
    const element = document.createElement("div");
    element.className = "cn-part";
    const view = part.type === "text" ? createMarkdownView(element) : createPanelView(element);
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
      for (const each of drawn) if (!next.includes(each)) each.element.remove();
      next.forEach((each, i) => {
        if (each.element !== container.children[i])
          container.insertBefore(each.element, container.children[i] ?? null);
        if (each.part !== parts[i]) each.view.update(parts[i]!);
        each.part = parts[i];
      });
      drawn = next;
    },
  };
}
