import { shownAs } from "../../../src/shown-as.js";
import type { DisplayFormatter } from "../display-formatter.js";
import { renderView } from "../render-view.js";

/** Values of our own systems: agents, chains, conversations. */
export const view: DisplayFormatter = {
  name: "view",
  // The mark is a text; there are proxies that answer to any name with a function.
  matches: (value) => typeof shownAs(value) === "string",
  format: renderView,
};
