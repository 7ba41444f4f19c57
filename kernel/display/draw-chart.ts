import { setTimeout as sleep } from "node:timers/promises";
import { importFrom } from "../run/es-modules.js";

/** How long a chart may take to be drawn, in milliseconds: what it loads from elsewhere may never come. */
const MAX_DRAW_MS = 10_000;

interface Vega {
  parse(spec: unknown): unknown;
  View: new (runtime: unknown, options: object) => { toSVG(): Promise<string>; finalize(): void };
}

interface VegaLite {
  compile(spec: unknown): { spec: unknown };
}

/**
 * Draws a chart with the packages `vega` and `vega-lite` of the notebook's folder, so that it is of the versions its author has.
 *
 * @returns undefined where they are not installed, and for a chart that takes longer than ten seconds.
 * @throws what Vega throws about a specification.
 */
export async function drawChart(spec: object, grammar: "vega" | "vega-lite"): Promise<string | undefined> {
  const vega = await importInstalled<Vega>("vega");
  const vegaLite = grammar === "vega-lite" ? await importInstalled<VegaLite>("vega-lite") : undefined;
  if (!vega || (grammar === "vega-lite" && !vegaLite)) return undefined;
  const full = vegaLite ? vegaLite.compile(spec).spec : spec;
  const view = new vega.View(vega.parse(full), { renderer: "none" });
  const late = new AbortController();
  try {
    return await Promise.race([view.toSVG(), sleep(MAX_DRAW_MS, undefined, { signal: late.signal })]);
  } finally {
    late.abort();
    view.finalize();
  }
}

/** A package of the notebook's folder, or undefined where it has none of that name. */
export async function importInstalled<T>(name: string): Promise<T | undefined> {
  try {
    return (await importFrom(name, process.cwd())) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
