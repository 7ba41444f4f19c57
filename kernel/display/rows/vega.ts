import { chartJson, TOO_LARGE } from "../chart-json.js";
import type { DisplayFormatter } from "../display-formatter.js";
import { MAX_MARKUP_CHARS } from "../limits.js";
import { peek } from "../peek.js";

/** The grammar that a specification names. @see https://vega.github.io/schema/ */
const SCHEMA = /\/schema\/(vega|vega-lite)\/v[\d.]+\.json$/;

/** Media types of front ends; none of them knows a later version, and those draw later specifications too. */
const MEDIA_TYPES = {
  vega: "application/vnd.vega.v5+json",
  "vega-lite": "application/vnd.vegalite.v5+json",
} as const;

type Grammar = keyof typeof MEDIA_TYPES;

/** Specifications of Vega and Vega-Lite: for front ends that draw them, and as a picture for all others. */
export const vega: DisplayFormatter = {
  name: "vega",
  matches: (value) => grammarOf(value) !== undefined,
  async format(value) {
    const grammar = grammarOf(value)!;
    // The copy is drawn: Vega marks the records that it draws, and what front ends draw is the copy too.
    const { json, isTooLarge } = chartJson(value as object);
    const svg = isTooLarge ? undefined : await drawQuietly(json, grammar);
    return {
      ...(!isTooLarge && { [MEDIA_TYPES[grammar]]: json }),
      ...(svg !== undefined && svg.length <= MAX_MARKUP_CHARS && { "image/svg+xml": svg }),
      "text/plain": `[${grammar} chart${isTooLarge ? TOO_LARGE : ""}]`,
    };
  },
};

function grammarOf(value: unknown): Grammar | undefined {
  const schema = peek(value, "$schema");
  return typeof schema === "string" ? (SCHEMA.exec(schema)?.[1] as Grammar | undefined) : undefined;
}

/** The front end may draw what our Vega cannot: a fault is told of and costs the picture only. */
async function drawQuietly(spec: object, grammar: Grammar): Promise<string | undefined> {
  try {
    const { drawChart } = await import("../draw-chart.js");
    return await drawChart(spec, grammar);
  } catch (error) {
    console.error(`The ${grammar} chart could not be drawn as SVG:`, error);
    return undefined;
  }
}
