import { renderParts, responseHtml } from "../../renderers/bundle/render-parts.js";
import { type Part, RESPONSE_MIME } from "../../renderers/response/parts.js";
import type { Response } from "../../renderers/response/response.js";
import { abortQueries } from "../../src/active-queries.js";
import { originOf } from "../../src/origin.js";
import type { CellHandle, MimeBundle } from "../host.js";
import { createView, type ResponseSink, type ResponseView } from "../response/view.js";
import type { LiveResponse, LiveResponses } from "./live-responses.js";

/** The newest live response of each cell. */
const newestOf = new WeakMap<CellHandle, LiveResponse>();

/** The newest live response of a cell, for what is to be shown with it. */
export function liveResponseIn(cell: CellHandle): LiveResponse | undefined {
  return newestOf.get(cell);
}

/**
 * Opens a response that a front end follows over the comm. The cell gets one output, which names the response; what it
 * holds comes as deltas, and the front end puts it into the notebook. When none does, the output gets all of it from here.
 *
 * @param openPlain opens the way without the extension, for when no front end says that it shows the response.
 */
export function openLiveView(
  cell: CellHandle,
  id: string,
  live: LiveResponses,
  openPlain: () => ResponseSink,
): ResponseView {
  let response: Response | undefined;
  let queryId: string | undefined;
  let plain: ResponseSink | undefined;
  const output = openLiveOutput(cell, live, {
    id,
    get parts() {
      return response?.parts ?? [];
    },
    stop() {
      void abortQueries((origin) => origin.id === queryId, new Error("Stopped in the notebook."));
    },
  });
  newestOf.set(cell, output.live);
  void output.live.shown.then((isShown) => {
    if (isShown || output.live.ended) return;
    output.clear();
    plain = openPlain();
    if (response) plain.changed(response);
  });
  const view = createView(id, {
    changed(changed) {
      response = changed;
      if (plain) plain.changed(changed);
      else output.live.changed();
    },
    ended(ended) {
      response = ended;
      if (plain) plain.ended(ended);
      else output.end();
    },
  });
  return {
    id,
    get ended() {
      return view.ended;
    },
    apply(message) {
      queryId ??= originOf(message)?.query.id;
      view.apply(message);
    },
    fail: view.fail,
    interrupt: view.interrupt,
  };
}

/** One output of a cell that a live response fills. */
export interface LiveOutput {
  readonly live: LiveResponse;
  /** Nothing follows. */
  end(): void;
  /** Empties the output. */
  clear(): void;
}

export function openLiveOutput(
  cell: CellHandle,
  live: LiveResponses,
  source: Parameters<LiveResponses["add"]>[0],
): LiveOutput {
  const response = live.add(source);
  const show = showLiveResponse(cell, response);
  return { live: response, end: () => void response.end(), clear: () => show(wholeBundle(source.id, [])) };
}

let outputs = 0;

/**
 * Puts a live response into one more output. The cell's reply waits until a front end has kept its end, or the output holds
 * all of it.
 *
 * @returns what replaces the content of the output.
 */
export function showLiveResponse(cell: CellHandle, response: LiveResponse): (bundle: MimeBundle) => void {
  const { source } = response;
  const displayId = `claude-live-${++outputs}-${source.id}`;
  const show = (bundle: MimeBundle): void => cell.display(bundle, { displayId, update: true });
  const complete = response.kept.then((isKept) => {
    if (!isKept) show(wholeBundle(source.id, source.parts));
  });
  cell.display(announcement(source.id), { displayId });
  // What goes on after the cell ends in its own time.
  cell.onEnd(() => (response.ended ? complete : undefined));
  return show;
}

/** What the output holds until it is filled: a front end with our extension shows the response that it names. */
function announcement(id: string): MimeBundle {
  const words = "Claude is answering; JupyterLab's extension shows it.";
  return {
    ...renderParts([], { includeStyle: false, response: id }),
    "text/html": `<div class="cn"><div class="cn-label">${words}</div></div>`,
    "text/markdown": words,
    "text/plain": words,
    [RESPONSE_MIME]: { version: 1, response: id, parts: [], live: true },
  };
}

function wholeBundle(id: string, parts: readonly Part[]): MimeBundle {
  return parts.length === 0
    ? { ...renderParts([], { includeStyle: false, response: id }), "text/html": responseHtml([], false) }
    : renderParts(parts, { includeStyle: true, response: id });
}
