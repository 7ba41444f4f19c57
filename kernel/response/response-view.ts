import { renderParts } from "../../renderers/bundle/render-parts.js";
import { registeredPanels } from "../../renderers/panels/register-panel.js";
import { RESPONSE_MIME } from "../../renderers/response/parts.js";
import { chosenHues } from "../../renderers/style/hues.js";
import { type CellHandle, notebookHost } from "../host.js";
import { openLiveView } from "../live/live-view.js";
import { type CellOutputs, createCellOutputs, type RenderOutput } from "./cell-outputs.js";
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
  const view =
    live?.isListening && !hasOwnLook() ? openLiveView(cell, id, live, () => sink) : createView(id, sink);
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
  const created: CellResponses = { outputs: createCellOutputs(cell, renderOutput), views: new Set() };
  responsesOfCell.set(cell, created);
  cell.onEnd(() => created.outputs.flush());
  return created;
}

/** Panels and colours of the notebook's own: only this process knows them, so it has to draw. */
function hasOwnLook(): boolean {
  return registeredPanels().length > 0 || Object.keys(chosenHues()).length > 0;
}

/** Says in the stored parts that their HTML shows more than can be drawn from them. */
const renderOutput: RenderOutput = (parts, options) => {
  const bundle = renderParts(parts, options);
  if (!hasOwnLook()) return bundle;
  return { ...bundle, [RESPONSE_MIME]: { ...(bundle[RESPONSE_MIME] as object), ownLook: true } };
};
