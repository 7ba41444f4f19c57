import type { DisplayFormatter } from "./display-formatter.js";
import { bytes } from "./rows/bytes.js";
import { canvas } from "./rows/canvas.js";
import { claudeMessage } from "./rows/claude-message.js";
import { element } from "./rows/element.js";
import { error } from "./rows/error.js";
import { ijavascript } from "./rows/ijavascript.js";
import { jupyterDisplay } from "./rows/jupyter-display.js";
import { plotMark } from "./rows/plot-mark.js";
import { plotly } from "./rows/plotly.js";
import { promise } from "./rows/promise.js";
import { polarsTable, records, table } from "./rows/table.js";
import { text } from "./rows/text.js";
import { vega } from "./rows/vega.js";
import { view } from "./rows/view.js";

/** The display ladder, from the most particular to plain text. */
export const displayFormatters: readonly DisplayFormatter[] = [
  // Before its own Jupyter.display, which holds every row.
  polarsTable,
  jupyterDisplay,
  ijavascript,
  error,
  promise,
  view,
  claudeMessage,
  bytes,
  canvas,
  element,
  plotMark,
  vega,
  plotly,
  table,
  records,
  text,
];
