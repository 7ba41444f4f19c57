import { assignedSecrets } from "./assigned-secrets.js";
import { credentialPatterns, privateKeyPattern } from "./credential-patterns.js";
import { knownValueRules } from "./known-values.js";
import { placedSecrets } from "./placed-secrets.js";
import { type ReplaceRule, replaceAll } from "./spans.js";

/** Stands where a credential stood. */
export const REDACTED = "[redacted]";

/** Each takes time in proportion to the text, whatever the text is. */
const patternRules: readonly ReplaceRule[] = [
  ...credentialPatterns.map(([name, pattern]) => ({ name, pattern })),
  { name: "private key", pattern: privateKeyPattern },
  ...placedSecrets,
  ...assignedSecrets,
].map((rule) => ({ ...rule, replacement: REDACTED }));

/** The rules that find credentials: by their looks, by their place, and the values that `env` holds under telling names. */
export function secretRules(env: Readonly<Record<string, string | undefined>> = {}): ReplaceRule[] {
  return [...knownValueRules(env, REDACTED), ...patternRules];
}

/** Replaces the credentials in a text by {@link REDACTED}. */
export function redactSecrets(
  text: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return replaceAll(text, secretRules(env));
}
