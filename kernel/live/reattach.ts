import { renderParts } from "../../renderers/bundle/render-parts.js";
import { notebookHost } from "../host.js";
import { showLiveResponse } from "./live-view.js";

/**
 * Shows the newest turn that this kernel has shown live, in this cell: as it goes on, or whole when it has ended. For when
 * its tab was closed or its output is gone.
 *
 * @throws Error outside of a notebook, and when the kernel has shown no turn live.
 */
export function reattach(): void {
  const host = notebookHost();
  const cell = host?.currentCell();
  if (!host?.live || !cell) throw new Error("claude.reattach() works in the cells of a notebook.");
  const newest = host.live.all.find(({ source }) => source.parts.length > 0);
  if (!newest) {
    throw new Error(
      "There is no turn to show: since its start this kernel has shown none live. " +
        "claude.reattach() brings back turns that JupyterLab's extension has shown.",
    );
  }
  const { id, parts } = newest.source;
  if (newest.ended || !host.live.isListening)
    cell.display(renderParts(parts, { includeStyle: true, response: id }));
  else showLiveResponse(cell, newest);
}
