import { answerLater } from "../io-kernel.js";
import { toCodePoints, toUtf16Offset } from "../text-offsets.js";
import { cursorOf } from "./cursor.js";

/** Most matches sent; a menu of thousands of globals is of no use and slow to draw. */
const MAX_MATCHES = 500;

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#completion */
export const completeRequest = answerLater(async (io, { content }) => {
  const { code, cursor } = cursorOf(content);
  const offset = toUtf16Offset(code, cursor);
  const { start, end, items } = await io.compiler.complete(code, offset);
  const typed = code.slice(start, offset);
  const exact = items.filter((item) => item.name.startsWith(typed));
  const shown = (exact.length > 0 ? exact : items).slice(0, MAX_MATCHES);
  const range = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
  return {
    status: "ok",
    matches: shown.map((item) => item.name),
    cursor_start: range.start,
    cursor_end: range.end,
    metadata: {
      // What JupyterLab reads for the kinds and icons of its menu.
      _jupyter_types_experimental: shown.map((item) => ({ ...range, text: item.name, type: item.kind })),
    },
  };
});
