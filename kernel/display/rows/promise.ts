import { types } from "node:util";
import type { DisplayFormatter } from "../display-formatter.js";
import { inspectText } from "../inspect-text.js";

/** A promise is shown, never awaited: waiting is the cell's to say. */
export const promise: DisplayFormatter = {
  name: "promise",
  matches: (value) => types.isPromise(value),
  format: (value) => ({ "text/plain": `${inspectText(value)}  // write \`await\` to get its value` }),
};
