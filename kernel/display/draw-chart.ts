import { setTimeout as sleep } from "node:timers/promises";
import { importFrom } from "../run/es-modules.js";

/** How long a chart may take to be drawn, in milliseconds. */
const MAX_DRAW_MS = 10_000;

interface Loader {
  load(address: string): Promise<unknown>;
  sanitize(address: string, options?: { readonly context?: string }): Promise<object>;
}

interface Vega {
  loader(): Loader;
  parse(spec: unknown): unknown;
  View: new (runtime: unknown, options: object) => { toSVG(): Promise<string>; finalize(): void };
}

interface VegaLite {
  compile(spec: unknown): { spec: unknown };
}

/**
 * Draws a chart with the packages `vega` and `vega-lite` of the notebook's folder, so that it is of the versions its author has.
 *
 * A specification may come from a model or a file, so nothing is loaded for it: Vega in Node would read any file and call any
 * address.
 *
 * @returns undefined where they are not installed, for a chart that takes longer than ten seconds, and for one whose data or
 * pictures stand elsewhere.
 * @throws what Vega throws about a specification.
 */
export async function drawChart(spec: object, grammar: "vega" | "vega-lite"): Promise<string | undefined> {
  const vega = await importInstalled<Vega>("vega");
  const vegaLite = grammar === "vega-lite" ? await importInstalled<VegaLite>("vega-lite") : undefined;
  if (!vega || (grammar === "vega-lite" && !vegaLite)) return undefined;
  const full = vegaLite ? vegaLite.compile(spec).spec : spec;
  const { loader, hasRefused } = ownDataOnly(vega.loader());
  const view = new vega.View(vega.parse(full), { renderer: "none", loader });
  const late = new AbortController();
  try {
    const svg = await Promise.race([view.toSVG(), sleep(MAX_DRAW_MS, undefined, { signal: late.signal })]);
    // Vega goes on without what it could not load: a chart without its data would mislead.
    return hasRefused() ? undefined : svg;
  } finally {
    late.abort();
    view.finalize();
  }
}

/** Loads what stands in the specification itself. */
function ownDataOnly(own: Loader): { loader: Loader; hasRefused(): boolean } {
  let refused = false;
  const refuse = (address: string): Promise<never> => {
    refused = true;
    return Promise.reject(new Error(`${address} is not loaded`));
  };
  const isOwn = (address: unknown): boolean => typeof address === "string" && address.startsWith("data:");
  const loader: Loader = {
    ...own,
    load: (address) => (isOwn(address) ? own.load(address) : refuse(address)),
    sanitize: (address, options) =>
      options?.context === "image" && !isOwn(address) ? refuse(address) : own.sanitize(address, options),
  };
  return { loader, hasRefused: () => refused };
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
