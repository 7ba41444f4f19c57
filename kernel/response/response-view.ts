import { renderParts } from "../../renderers/bundle/render-parts.js";
import { type CellHandle, notebookHost } from "../host.js";
import { openLiveView } from "../live/live-view.js";
import { type CellOutputs, createCellOutputs } from "./cell-outputs.js";
import { createView, type ResponseSink, type ResponseView } from "./view.js";

interface CellResponses {
  readonly outputs: CellOutputs;
  readonly views: Set<ResponseView>;
}

const responsesOfCell = new WeakMap<CellHandle, CellResponses>();

/**
 * Opens a response in a cell: live, where a front end with our extension listens, else as HTML. It is complete whenever it
 * ends and before the cell's reply is sent.
 */
export function openResponseView(cell: CellHandle, id: string): ResponseView {
  const live = notebookHost()?.live;
  const { outputs, views } = responsesIn(cell);
  const sink: ResponseSink = {
    changed: (response) => outputs.changed(response),
    ended(response) {
      outputs.changed(response);
      outputs.flush();
    },
  };
  const view = live?.isListening ? openLiveView(cell, id, live, () => sink) : createView(id, sink);
  views.add(view);
  return view;
}

/** The views of a cell that have not ended, oldest first. */
export function openViewsOf(cell: CellHandle): readonly ResponseView[] {
  return [...(responsesOfCell.get(cell)?.views ?? [])].filter((view) => !view.ended);
}

function responsesIn(cell: CellHandle): CellResponses {
  const known = responsesOfCell.get(cell);
  if (known) return known;
  const created: CellResponses = { outputs: createCellOutputs(cell, renderParts), views: new Set() };
  responsesOfCell.set(cell, created);
  cell.onEnd(() => created.outputs.flush());
  return created;
}
