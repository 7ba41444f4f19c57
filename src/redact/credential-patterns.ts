/** Credentials that can be told by their looks. @see https://docs.github.com/en/code-security/secret-scanning */
export const credentialPatterns: readonly RegExp[] = [
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
  /\bxapp-[\w-]{10,}/g,
  /\bAIza[\w-]{35}/g,
  /\bya29\.[\w-]{20,}/g,
  /\bGOCSPX-[\w-]{20,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /(?<=aws_secret_access_key\W{1,6})[A-Za-z0-9/+=]{40}/gi,
  // JSON web tokens, signed, unsigned or encrypted. Only at the start of a run, or a long run would be read again and again.
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){1,3}/g,
  /(?<=\bBearer\s{1,4})[\w.~+/=-]{16,}/g,
  /(?<=\bBasic\s{1,4})[A-Za-z0-9+/]{16,}={0,2}/g,
  // Whoever has the address can post.
  /(?<=\bhooks\.slack(?:-gov)?\.com\\?\/(?:services|workflows|triggers)\\?\/)[\w/\\+-]{8,}(?<!\\)/g,
  /(?<=\bdiscord(?:app)?\.com\\?\/api\\?\/webhooks\\?\/)\d+\\?\/[\w-]{8,}/g,
  // https://token@host
  /(?<=\bhttps?:\/\/)(?=[a-z]{0,64}\d)[\w-]{20,}(?=@)/gi,
];

const linesOfKey =
  /(?:[ \t]*(?:\r?\n|(?:\\+r)?\\+n)[ \t]*(?:\d{1,6}(?:→|\t))?[>|+ ]{0,3}(?:[A-Za-z0-9+/=]+|[A-Za-z-]{4,20}: [\w,: -]*|(?=[\r\n\\]))(?=[\s"'`\\]|$))+/
    .source;
const keyEnd = "-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----";

/**
 * A private key: up to its end, or as many of its lines as there are. What may stand between keeps JSON whole: quotes do
 * only where strings are joined in code.
 */
export const privateKeyPattern = new RegExp(
  `-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:(?!-----)(?:[\\w+/=\\s:,.→>|()@-]|\\\\+[nrt]|\\\\*["'\`]\\s*\\+(?:\\s|\\\\+[nrt])*\\\\*["'\`]))*${keyEnd}|${linesOfKey})`,
  "g",
);
