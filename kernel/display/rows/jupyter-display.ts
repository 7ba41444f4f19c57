import { types } from "node:util";
import type { MimeBundle } from "../../host.js";
import type { DisplayFormatter } from "../display-formatter.js";
import { inspectText } from "../inspect-text.js";

/** The method with which a value says how it is shown, as in Deno's kernel. */
const DISPLAY = Symbol.for("Jupyter.display");

type Displayable = { readonly [DISPLAY]: () => unknown };

/** Values that say how they are shown, themselves or by their class, at once or later. */
export const jupyterDisplay: DisplayFormatter = {
  name: "Jupyter.display",
  matches: (value) =>
    // There are proxies that answer to any name with a function, and some that claim to have any.
    !(types.isProxy(value) && (!(DISPLAY in (value as object)) || Symbol() in (value as object))) &&
    typeof (value as Displayable | null | undefined)?.[DISPLAY] === "function",
  format(value) {
    const bundle = (value as Displayable)[DISPLAY]();
    return bundle instanceof Promise ? bundle.then(checkBundle) : checkBundle(bundle);
  },
};

function checkBundle(bundle: unknown): MimeBundle {
  if (typeof bundle === "object" && bundle !== null && !Array.isArray(bundle)) return bundle as MimeBundle;
  throw new TypeError(`Jupyter.display returned ${inspectText(bundle)}; it must return a MIME bundle.`);
}
