import type { MimeBundle } from "../../host.js";
import type { DisplayFormatter } from "../display-formatter.js";
import { peek } from "../peek.js";

/** Methods of values that were written for IJavascript, and what they return. @see https://n-riesco.github.io/ijavascript/doc/custom.ipynb.html */
const METHODS: Readonly<Record<string, (result: unknown) => MimeBundle>> = {
  _toHtml: (html) => ({ "text/html": html }),
  _toSvg: (svg) => ({ "image/svg+xml": svg }),
  _toPng: (base64) => ({ "image/png": base64 }),
  _toMime: (bundle) => bundle as MimeBundle,
};

const names = Object.keys(METHODS);

export const ijavascript: DisplayFormatter = {
  name: "ijavascript",
  matches: (value) => names.some((name) => typeof peek(value, name) === "function"),
  format(value) {
    const methods = value as Record<string, () => unknown>;
    const bundles = names
      .filter((name) => typeof peek(value, name) === "function")
      .map((name) => METHODS[name]!(methods[name]!()));
    return Object.assign({}, ...bundles) as MimeBundle;
  },
};
