import type { DisplayFormatter } from "../display-formatter.js";
import { inspectText } from "../inspect-text.js";

/** Everything else, as Node's console shows it: of Maps, Sets and typed arrays the size and the first members. */
export const text: DisplayFormatter = {
  name: "text",
  matches: () => true,
  format: (value) => ({ "text/plain": inspectText(value) }),
};
