import { redactSecrets } from "../../../src/redact/redact-secrets.js";

/** How far behind the cut a credential is looked for, in characters. */
const LOOK_AHEAD = 8_000;

/**
 * The beginning of a text. What is cut is masked first: half a credential is not found any more once it is cut, and tells half
 * of it.
 */
export function clipMasked(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  return redactSecrets(text.slice(0, maxChars + LOOK_AHEAD)).slice(0, maxChars);
}
