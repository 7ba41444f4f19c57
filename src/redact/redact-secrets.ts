import { insideJson, literalPattern, type ReplaceRule, replaceAll } from "./spans.js";

/** Stands where a credential stood. */
export const REDACTED = "[redacted]";

/** Credentials that can be told by their looks. @see https://docs.github.com/en/code-security/secret-scanning */
const secretPatterns: readonly RegExp[] = [
  /\bsk-(?:ant|proj|svcacct|or)-[\w-]{8,}/g,
  /\bsk-[A-Za-z0-9]{20,}/g,
  /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bgh[opsru]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bhf_[A-Za-z0-9]{30,}/g,
  /\bpypi-[\w-]{40,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\bAIza[\w-]{35}/g,
  /\bya29\.[\w-]{20,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /(?<=aws_secret_access_key\W{1,6})[A-Za-z0-9/+=]{40}/gi,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g,
  /(?<=\bBearer\s{1,4})[\w.~+/=-]{16,}/g,
  /(?<=\bBasic\s{1,4})[A-Za-z0-9+/]{16,}={0,2}/g,
  /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{0,64}:)[^\s/:@"']{3,}(?=@)/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // As `env` and `.env` files show them.
  /(?<=\b[A-Z][A-Z0-9_]{0,64}(?:_KEY|_TOKEN|SECRET|PASSWORD)[A-Z0-9_]{0,32}=["']?)[^\s"'$\\]{6,}/g,
];

/** Names of variables that hold credentials. */
const secretName = /(?:^|_)(?:KEY|TOKEN|PASSWD|PASSPHRASE|CREDENTIALS?)$|APIKEY|SECRET|PASSWORD/i;

/** Shorter values ("dev", "true") are no secrets, and would be found everywhere. */
const SHORTEST_SECRET = 6;

const patternRules: readonly ReplaceRule[] = secretPatterns.map((pattern) => ({
  pattern,
  replacement: REDACTED,
}));

/** The rules that find credentials: known patterns, and the values that `env` holds under telling names. */
export function secretRules(env: Readonly<Record<string, string | undefined>> = {}): ReplaceRule[] {
  const values = Object.entries(env)
    .filter(
      ([name, value]) => secretName.test(name) && value !== undefined && value.length >= SHORTEST_SECRET,
    )
    .flatMap(([, value]) => [value!, insideJson(value!)]);
  const literals = [...new Set(values)].map((value) => ({
    pattern: new RegExp(literalPattern(value), "g"),
    replacement: REDACTED,
  }));
  return [...literals, ...patternRules];
}

/** Replaces the credentials in a text by {@link REDACTED}. */
export function redactSecrets(
  text: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return replaceAll(text, secretRules(env));
}
