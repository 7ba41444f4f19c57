import type { Message } from "../../../src/messages/types.js";
import { partsToHtml } from "../../bundle/parts-to-html.js";
import type { Part } from "../../response/parts.js";
import { createResponse } from "../../response/response.js";

/** One question and its answer on the page. */
export interface TurnView {
  apply(message: Message): void;
  /** No message follows. @param error why, if it failed. */
  end(error?: unknown): void;
}

/** How often an answer is drawn while it streams, in ms. */
const DRAW_EVERY_MS = 50;

/** Adds a turn to the page. @param onDraw called after each change, e.g. to scroll. */
export function createTurnView(place: HTMLElement, prompt: string, onDraw: () => void): TurnView {
  const turn = document.createElement("section");
  turn.className = "turn";
  const asked = document.createElement("div");
  asked.className = "prompt";
  asked.textContent = prompt;
  const answer = document.createElement("div");
  answer.className = "cn";
  turn.append(asked, answer);
  place.append(turn);

  const response = createResponse();
  const drawn = new Map<string, { part: Part; element: HTMLElement }>();
  let timer: number | undefined;

  const draw = (): void => {
    timer = undefined;
    const ids = new Set(response.parts.map(({ id }) => id));
    for (const [id, { element }] of drawn) {
      if (ids.has(id)) continue;
      element.remove();
      drawn.delete(id);
    }
    for (const part of response.parts) {
      const before = drawn.get(part.id);
      // A part that has not changed keeps its identity, and its folds and selection with it.
      if (before?.part === part) continue;
      const element = before?.element ?? document.createElement("div");
      const folds = foldsOf(element);
      element.innerHTML = partsToHtml([part]);
      restoreFolds(element, folds);
      if (!before) answer.append(element);
      drawn.set(part.id, { part, element });
    }
    onDraw();
  };

  return {
    apply(message) {
      response.apply(message);
      timer ??= window.setTimeout(draw, DRAW_EVERY_MS);
    },
    end(error) {
      if (error !== undefined) response.fail(error);
      else response.end();
      window.clearTimeout(timer);
      draw();
    },
  };
}

/** Panels that the reader has opened or closed: these stay as they are. */
function foldsOf(element: HTMLElement): Map<number, boolean> {
  const panels = [...element.querySelectorAll("details")];
  return new Map(panels.flatMap((panel, i) => (panel.dataset.touched ? [[i, panel.open] as const] : [])));
}

function restoreFolds(element: HTMLElement, folds: ReadonlyMap<number, boolean>): void {
  for (const [i, panel] of [...element.querySelectorAll("details")].entries()) {
    const open = folds.get(i);
    if (open !== undefined) {
      panel.open = open;
      panel.dataset.touched = "yes";
    }
    panel.querySelector("summary")?.addEventListener("click", () => {
      panel.dataset.touched = "yes";
    });
  }
}
