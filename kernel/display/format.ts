import { inspect } from "node:util";
import { shownAs } from "../../src/shown-as.js";
import type { MimeBundle } from "../host.js";
import { renderView } from "./render-view.js";

/** One way to show a value; the first row that matches is taken. */
export interface DisplayFormatter {
  readonly name: string;
  matches(value: unknown): boolean;
  format(value: unknown): MimeBundle | Promise<MimeBundle>;
}

/** The method with which a value says how it is shown, as in Deno's kernel. */
const DISPLAY = Symbol.for("Jupyter.display");

type Displayable = { readonly [DISPLAY]: () => unknown };

/** From the most particular to plain text. */
export const displayFormatters: readonly DisplayFormatter[] = [
  {
    name: "Jupyter.display",
    matches: (value) => typeof (value as Displayable | null | undefined)?.[DISPLAY] === "function",
    format(value) {
      const bundle = (value as Displayable)[DISPLAY]();
      return bundle instanceof Promise ? bundle.then(checkBundle) : checkBundle(bundle);
    },
  },
  {
    name: "view",
    matches: (value) => shownAs(value) !== undefined,
    format: renderView,
  },
  {
    name: "promise",
    matches: (value) => value instanceof Promise,
    format: (value) => ({ "text/plain": `${inspectText(value)}  // write \`await\` to get its value` }),
  },
  {
    name: "text",
    matches: () => true,
    format: (value) => ({ "text/plain": inspectText(value) }),
  },
];

/**
 * The MIME bundle that shows a value. An empty bundle means: show nothing. Any other holds `text/plain`.
 * A formatter that fails is reported on stderr and the value is shown as text.
 */
export function formatValue(value: unknown): MimeBundle | Promise<MimeBundle> {
  const fallBack = (error: unknown): MimeBundle => {
    console.error("The value could not say how it is shown:", error);
    return { "text/plain": inspectText(value) };
  };
  try {
    const row = displayFormatters.find((each) => each.matches(value)) as DisplayFormatter;
    const bundle = row.format(value);
    return bundle instanceof Promise
      ? bundle.then((each) => completeBundle(each, value)).catch(fallBack)
      : completeBundle(bundle, value);
  } catch (error) {
    return fallBack(error);
  }
}

/** The value as Node's console shows it; never throws. */
export function inspectText(value: unknown): string {
  try {
    return inspect(value, { depth: 4 });
  } catch (error) {
    return `[a value that cannot be inspected: ${error instanceof Error ? error.message : "unknown error"}]`;
  }
}

function completeBundle(bundle: MimeBundle, value: unknown): MimeBundle {
  if (Object.keys(bundle).length === 0 || "text/plain" in bundle) return bundle;
  return { ...bundle, "text/plain": inspectText(value) };
}

function checkBundle(bundle: unknown): MimeBundle {
  if (typeof bundle === "object" && bundle !== null && !Array.isArray(bundle)) return bundle as MimeBundle;
  throw new TypeError(`Jupyter.display returned ${inspectText(bundle)}; it must return a MIME bundle.`);
}
