import { chartJson, TOO_LARGE } from "../chart-json.js";
import type { DisplayFormatter } from "../display-formatter.js";
import { peek } from "../peek.js";

/** What a trace of plotly has at least one of; a `type` alone has many a thing. @see https://plotly.com/javascript/reference/ */
const TRACE_FIELDS = ["x", "y", "z", "values", "lat", "locations", "node", "value", "dimensions"];

/** Figures of plotly: `{ data: [traces], layout }`. */
export const plotly: DisplayFormatter = {
  name: "plotly",
  matches(value) {
    const [data, layout] = [peek(value, "data"), peek(value, "layout")];
    if (!Array.isArray(data) || data.length === 0 || typeof layout !== "object" || layout === null)
      return false;
    return data.every((trace) => TRACE_FIELDS.some((field) => peek(trace, field) !== undefined));
  },
  format(value) {
    const { data, layout } = value as { data: readonly unknown[]; layout: object };
    const { json, isTooLarge } = chartJson({ data, layout });
    const text = `plotly figure, ${data.length} trace${data.length === 1 ? "" : "s"}`;
    if (isTooLarge) return { "text/plain": `[${text}${TOO_LARGE}]` };
    return { "application/vnd.plotly.v1+json": json, "text/plain": `[${text}]` };
  },
};
