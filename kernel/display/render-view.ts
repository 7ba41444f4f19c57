import { shownAs } from "../../src/shown-as.js";
import type { MimeBundle } from "../host.js";

type Render = (value: unknown) => MimeBundle;

let render: Render | undefined;
let loading: Promise<unknown> | undefined;

/**
 * Loads what shows the values of our systems: a hundred modules, which neither the kernel's start nor its compiler should wait
 * for. Whoever loads such a system calls it, so that its values are shown at once, before what the cell prints next.
 */
export function loadViews(): Promise<unknown> {
  loading ??= Promise.all([
    import("../../renderers/bundle/render-parts.js"),
    import("../../renderers/views/views.js"),
  ]).then(([{ renderParts }, { viewParts }]) => {
    render = (value) =>
      renderParts(viewParts(value) ?? [], { includeStyle: true, response: shownAs(value)! });
  });
  return loading;
}

/** The bundle of a value that `showAs` has marked. */
export function renderView(value: unknown): MimeBundle | Promise<MimeBundle> {
  return render ? render(value) : loadViews().then(() => renderView(value));
}
