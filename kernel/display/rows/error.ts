import { types } from "node:util";
import { errorBoxHtml } from "../../../renderers/html/error-box.js";
import type { DisplayFormatter } from "../display-formatter.js";
import { inspectText } from "../inspect-text.js";
import { peek } from "../peek.js";

/** An error that is a value, not thrown: its name and message, and the stack with its causes. */
export const error: DisplayFormatter = {
  name: "error",
  matches: (value) => types.isNativeError(value),
  format(value) {
    const stack = inspectText(value);
    const [name, message] = [peek(value, "name"), peek(value, "message")].map((each) =>
      typeof each === "string" ? each : "",
    );
    return { "text/html": errorBoxHtml(name || "Error", message!, stack), "text/plain": stack };
  },
};
