import { renderParts } from "../../renderers/bundle/render-parts.js";
import { createResponse } from "../../renderers/response/response.js";
import type { Message } from "../../src/messages/types.js";
import type { CellHandle } from "../host.js";
import { type CellOutputs, createCellOutputs } from "./cell-outputs.js";

/** One response on its way into a cell. */
export interface ResponseView {
  readonly id: string;
  /** True once the response has its result, an error, or was interrupted. */
  readonly ended: boolean;
  apply(message: Message): void;
  /** The query failed: an error panel ends the response. */
  fail(error: unknown): void;
  /** The query was stopped: what is shown stays, marked as interrupted. */
  interrupt(): void;
}

interface CellResponses {
  readonly outputs: CellOutputs;
  readonly views: Set<ResponseView>;
}

const responsesOfCell = new WeakMap<CellHandle, CellResponses>();

/** Opens a response in a cell; its outputs are flushed whenever it ends and before the cell's reply is sent. */
export function openResponseView(cell: CellHandle, id: string): ResponseView {
  const { outputs, views } = responsesIn(cell);
  const response = createResponse({ id });
  let ended = false;
  const end = (): void => {
    ended = true;
    outputs.changed(response);
    outputs.flush();
  };
  const view: ResponseView = {
    id,
    get ended() {
      return ended;
    },
    apply(message) {
      response.apply(message);
      if (message.type === "result") end();
      else outputs.changed(response);
    },
    fail(error) {
      response.fail(error);
      end();
    },
    interrupt() {
      response.interrupt();
      end();
    },
  };
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
