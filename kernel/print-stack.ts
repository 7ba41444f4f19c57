import { inspect } from "node:util";
import { redactSecrets } from "../src/redact/redact-secrets.js";
import { plainText } from "./plain-text.js";

/** Set to anything: errors are shown with their stack and causes. */
export const DEBUG = "CLAUDE_NOTEBOOK_DEBUG";

/** Prints all that is known of an error on stderr. */
export function printStack(error: unknown): void {
  process.stderr.write(`${plainText(redactSecrets(inspect(error)))}\n`);
}
