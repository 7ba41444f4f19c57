/** Credentials that can be told by their looks, each with what a reader calls it. @see https://docs.github.com/en/code-security/secret-scanning */
export const credentialPatterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["Anthropic API key", /\bsk-ant-[\w-]{8,}/g],
  ["OpenAI API key", /\bsk-(?:proj|svcacct)-[\w-]{8,}/g],
  ["OpenRouter API key", /\bsk-or-[\w-]{8,}/g],
  ["API key", /\bsk-[A-Za-z0-9]{20,}/g],
  ["Stripe key", /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/g],
  ["GitHub token", /\bgh[opsru]_[A-Za-z0-9]{20,}/g],
  ["GitHub token", /\bgithub_pat_\w{20,}/g],
  ["GitLab token", /\bglpat-[\w-]{16,}/g],
  ["npm token", /\bnpm_[A-Za-z0-9]{30,}/g],
  ["Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/g],
  ["PyPI token", /\bpypi-[\w-]{40,}/g],
  ["Slack token", /\bxox[abeoprs]-[\w-]{10,}/g],
  ["Slack token", /\bxapp-[\w-]{10,}/g],
  ["Google API key", /\bAIza[\w-]{35}/g],
  ["Google token", /\bya29\.[\w-]{20,}/g],
  ["Google client secret", /\bGOCSPX-[\w-]{20,}/g],
  ["AWS access key id", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ["AWS secret access key", /(?<=aws_secret_access_key\W{1,6})[A-Za-z0-9/+=]{40}/gi],
  // Signed, unsigned or encrypted. Only at the start of a run, or a long run would be read again and again.
  ["JSON web token", /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){1,3}/g],
  ["bearer token", /(?<=\bBearer\s{1,4})[\w.~+/=-]{16,}/g],
  ["HTTP password", /(?<=\bBasic\s{1,4})[A-Za-z0-9+/]{16,}={0,2}/g],
  // Whoever has the address can post.
  [
    "Slack webhook",
    /(?<=\bhooks\.slack(?:-gov)?\.com\\?\/(?:services|workflows|triggers)\\?\/)[\w/\\+-]{8,}(?<!\\)/g,
  ],
  ["Discord webhook", /(?<=\bdiscord(?:app)?\.com\\?\/api\\?\/webhooks\\?\/)\d+\\?\/[\w-]{8,}/g],
  // https://token@host
  ["token in an address", /(?<=\bhttps?:\/\/)(?=[a-z]{0,64}\d)[\w-]{20,}(?=@)/gi],
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
