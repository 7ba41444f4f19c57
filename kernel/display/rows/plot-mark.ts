import type { DisplayFormatter } from "../display-formatter.js";
import { importInstalled } from "../draw-chart.js";
import { inspectText } from "../inspect-text.js";
import { hasMethods, peek } from "../peek.js";
import { element } from "./element.js";

interface Mark {
  plot(options: { readonly document: unknown }): unknown;
}

interface Jsdom {
  readonly JSDOM: new (html: string) => { readonly window: { readonly document: unknown } };
}

/** Marks of Observable Plot, `Plot.dot(data)`: drawn in a document of jsdom, if the notebook's folder has it. */
export const plotMark: DisplayFormatter = {
  name: "plot mark",
  matches: (value) =>
    hasMethods(value, "plot") && (hasMethods(value, "initialize", "render") || isList(value)),
  async format(value) {
    const jsdom = await importInstalled<Jsdom>("jsdom");
    if (!jsdom) {
      return {
        "text/plain": `${inspectText(value, { depth: 0 })}  // \`npm install jsdom\` to see it drawn`,
      };
    }
    const { document } = new jsdom.JSDOM("").window;
    return element.format((value as Mark).plot({ document }));
  },
};

/** What `Plot.marks(…)` gives: an array that can be plotted. */
function isList(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((each) => peek(each, "plot") !== undefined || peek(each, "render"))
  );
}
