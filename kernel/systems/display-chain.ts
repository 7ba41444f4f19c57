import { randomUUID } from "node:crypto";
import { renderParts } from "../../renderers/bundle/render-parts.js";
import { chainParts } from "../../renderers/chains/chain-parts.js";
import { partsText } from "../../renderers/panels/part-text.js";
import type { ChainEvent } from "../../src/chains/chain-events.js";
import type { ChainResult, ChainRun } from "../../src/chains/chain-run.js";
import { type CellHandle, notebookHost } from "../host.js";
import { createUpdateSchedule } from "../response/update-schedule.js";

/**
 * Shows a run of a chain as a diagram of its steps, which follows the run. In plain Node it prints a line for each step, and
 * the diagram at the end.
 *
 * @returns the run's result.
 * @throws what the run throws, after the diagram shows it.
 *
 * @example
 *     await display_chain(createReviewChain().execute({ contextOverrides: { files: ["join.ts"] } }));
 */
export async function displayChain<Outputs>(run: ChainRun<Outputs>): Promise<ChainResult<Outputs>> {
  const cell = notebookHost()?.currentCell();
  const view = cell ? cellView(cell, run) : terminalView(run);
  const result = Promise.resolve(run);
  // Its failure is thrown below, once the diagram shows it.
  result.catch(() => {});
  for await (const event of run) view.apply(event);
  view.end();
  const { outputs, state, snapshot, costUsd } = await result;
  // As the last value of a cell it is shown already.
  return Object.defineProperty({ outputs, state, snapshot, costUsd }, Symbol.for("Jupyter.display"), {
    value: () => ({}),
  });
}

interface ChainView {
  apply(event: ChainEvent): void;
  end(): void;
}

function cellView(cell: CellHandle, run: ChainRun<unknown>): ChainView {
  const displayId = `claude-${randomUUID()}`;
  let isSent = false;
  const schedule = createUpdateSchedule(() => {
    const bundle = renderParts(chainParts(run), { includeStyle: true, response: displayId });
    cell.display(bundle, { displayId, update: isSent });
    isSent = true;
    return 1;
  });
  cell.signal.addEventListener("abort", () => run.abort("the cell was interrupted"), { once: true });
  cell.onEnd(() => schedule.flush());
  return {
    apply: (event) => {
      if (event.type !== "message") schedule.request();
    },
    end: () => schedule.flush(),
  };
}

const LINES: Partial<Record<ChainEvent["type"], string>> = {
  step_started: "▸",
  step_finished: "✓",
  step_skipped: "–",
  step_failed: "✗",
  step_blocked: "⊘",
  step_stopped: "◼",
};

function terminalView(run: ChainRun<unknown>): ChainView {
  return {
    apply(event) {
      const mark = LINES[event.type];
      if (mark && "step" in event) console.log(`${mark} ${event.step}`);
    },
    end: () => console.log(`\n${partsText(chainParts(run))}`),
  };
}
