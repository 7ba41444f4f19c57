import { parseResponseBundle } from "../../../bundle/parse-response-bundle.js";
import { renderParts } from "../../../bundle/render-parts.js";
import type { Ask, AskOutcome, FrontEndMessage } from "../../../live/live-protocol.js";
import type { Part, ResponseBundle } from "../../../response/parts.js";
import { responseStyle } from "../../../style/response-style.js";
import { followTail } from "../follow-tail.js";
import { type AskView, createAskView } from "./ask-view.js";
import { addCodeTools, copyButton, type InsertCell } from "./code-tools.js";
import { button, element } from "./elements.js";
import { LIVE_STYLE } from "./live-style.js";
import { keepFold } from "./morph.js";
import { createResponseDrawing } from "./response-drawing.js";

/** What a response on the page can ask of its notebook. */
export interface BodyHost {
  send(message: FrontEndMessage): boolean;
  readonly insertCell: InsertCell;
}

/** A response on the page: its parts, its questions, its buttons. */
export interface ResponseBody {
  update(parts: readonly Part[]): void;
  /** Shows the Stop button; undefined hides it. */
  running(response: string | undefined): void;
  ask(ask: Ask): void;
  decided(ask: string, outcome: AskOutcome, reason?: string): void;
  /** No question can be answered any more. */
  closeAsks(): void;
  /** A line above the answer; undefined takes it away. */
  note(text: string | undefined): void;
  dispose(): void;
}

/** Makes the body of a response in `root`. The style sheet goes into the page with the first one. */
export function createResponseBody(root: HTMLElement, host: BodyHost): ResponseBody {
  addStyle();
  root.classList.add("cn", "cn-live");
  const note = element("div", { class: "cn-note", attributes: { hidden: "" } });
  const parts = element("div", { class: "cn-parts" });
  const asks = element("div", { class: "cn-approvals" });
  const runBar = element("div", { class: "cn-run-bar", attributes: { hidden: "" } });
  let newest: readonly Part[] = [];
  let runs: string | undefined;
  const tools = element("div", { class: "cn-tools" }, [
    copyButton("Copy answer", () => answerOf(newest)),
    button("Expand all", () => setFolds(parts, true)),
    button("Collapse all", () => setFolds(parts, false)),
  ]);
  root.replaceChildren(tools, note, parts, asks, runBar);
  root.addEventListener("click", (event) => {
    const summary = (event.target as Element).closest("summary");
    if (summary?.parentElement) keepFold(summary.parentElement);
  });
  const drawing = createResponseDrawing(parts, (draw) => followTail(root, draw));
  const views = new Map<string, AskView>();
  const open = new Set<string>();

  const showVoid = (): void => {
    const isEmpty = newest.length === 0 && views.size === 0 && runBar.hidden === true && note.hidden === true;
    root.classList.toggle("cn-void", isEmpty);
  };
  return {
    update(given) {
      newest = given;
      for (const changed of drawing.update(given)) addCodeTools(changed, host.insertCell);
      showVoid();
    },
    running(response) {
      if (response === runs) return;
      runs = response;
      runBar.hidden = response === undefined;
      if (response !== undefined) {
        const stop = button("Stop", () => {
          stop.disabled = host.send({ op: "stop", id: response });
        });
        runBar.replaceChildren(element("span", { class: "cn-run" }), "Claude is working", stop);
      }
      showVoid();
    },
    ask(ask) {
      if (views.has(ask.id)) return;
      let view: AskView;
      try {
        view = createAskView(ask, host.send);
      } catch (error) {
        // What cannot be shown cannot be allowed, and must not hold the turn until its time is over.
        const reason = `The notebook's page could not show this call: ${error}`;
        host.send({ op: "answer", ask: ask.id, hash: "", decision: "deny", reason });
        return;
      }
      views.set(ask.id, view);
      open.add(ask.id);
      asks.append(view.element);
      host.send({ op: "seen", ask: ask.id });
      showVoid();
    },
    decided(id, outcome, reason) {
      if (!open.delete(id)) return;
      views.get(id)?.decided(outcome, reason);
    },
    closeAsks() {
      for (const id of open) views.get(id)?.decided("closed");
      open.clear();
    },
    note(text) {
      if (note.hidden === (text === undefined)) return;
      note.textContent = text ?? "";
      note.hidden = text === undefined;
      showVoid();
    },
    dispose() {
      for (const id of open) views.get(id)?.decided("closed");
      open.clear();
    },
  };
}

/** Reads what a notebook holds; see {@link parseResponseBundle}. */
export const readBundle: (json: unknown) => ResponseBundle | undefined = parseResponseBundle;

/** What a notebook keeps of a response: as much as without the extension. */
export function bundleOf(parts: readonly Part[], response: string): Readonly<Record<string, unknown>> {
  return renderParts(parts, { includeStyle: true, response });
}

/** The answer in markdown: what Claude wrote to the reader. */
function answerOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === "text" ? [part.text.trim()] : [])).join("\n\n");
}

function setFolds(root: HTMLElement, isOpen: boolean): void {
  for (const fold of root.querySelectorAll("details")) {
    fold.open = isOpen;
    keepFold(fold);
  }
}

function addStyle(): void {
  if (document.getElementById("claude-notebook-style")) return;
  const style = element("style", { text: `${responseStyle()}\n${LIVE_STYLE}` });
  style.id = "claude-notebook-style";
  document.head.append(style);
}
