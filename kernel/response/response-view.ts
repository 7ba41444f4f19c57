import { renderParts } from "../../renderers/bundle/render-parts.js";
import type { CellHandle } from "../host.js";
import { type CellOutputs, createCellOutputs } from "./cell-outputs.js";
import { createView, type ResponseView } from "./view.js";

interface CellResponses {
  readonly outputs: CellOutputs;
  readonly views: Set<ResponseView>;
}

const responsesOfCell = new WeakMap<CellHandle, CellResponses>();

/** Opens a response in a cell; its outputs are flushed whenever it ends and before the cell's reply is sent. */
export function openResponseView(cell: CellHandle, id: string): ResponseView {
  const { outputs, views } = responsesIn(cell);
  const view = createView(id, {
    changed: (response) => outputs.changed(response),
    ended(response) {
      outputs.changed(response);
      outputs.flush();
    },
  });
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
