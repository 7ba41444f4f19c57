/**
 * What may stand right before a credential though it ends in a letter or digit: escapes of strings and addresses, and a
 * terminal's colour. `"\\nghp_…"` in JSON is a line that begins with a token.
 */
const ESCAPE = String.raw`\\(?:[nrtbfv]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4})|%[\dA-Fa-f]{2}|\[[\d;]{0,20}m`;

/** Where a word begins, or a part of a name. */
const START = `(?:(?<![A-Za-z0-9])|(?<=${ESCAPE}))`;

/** Where a run begins in which a dot may follow: in the middle of a long one, it would be read again and again. */
const RUN_START = `(?:(?<![\\w-])|(?<=${ESCAPE}))`;

/**
 * A pattern for what begins so, where it may begin; global. The beginning stands before the look at what is before it:
 * engines skip to it, and a text is read in a third of the time.
 */
function beginning(prefix: RegExp, rest: RegExp, start = START): RegExp {
  return new RegExp(`${prefix.source}(?<=${start}${prefix.source})${rest.source}`, "g");
}

/** Credentials that can be told by their looks, each with what a reader calls it. @see https://docs.github.com/en/code-security/secret-scanning */
export const credentialPatterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["Anthropic API key", beginning(/sk-ant-/, /[\w-]{8,}/)],
  ["OpenAI API key", beginning(/sk-(?:proj|svcacct)-/, /[\w-]{8,}/)],
  ["OpenRouter API key", beginning(/sk-or-/, /[\w-]{8,}/)],
  ["API key", beginning(/sk-/, /[A-Za-z0-9]{20,}/)],
  ["Stripe key", beginning(/[sr]k_(?:live|test)_/, /[A-Za-z0-9]{16,}/)],
  ["GitHub token", beginning(/gh[opsru]_/, /[A-Za-z0-9]{20,}/)],
  ["GitHub token", beginning(/github_pat_/, /\w{20,}/)],
  ["GitLab token", beginning(/glpat-/, /[\w-]{16,}/)],
  ["npm token", beginning(/npm_/, /[A-Za-z0-9]{30,}/)],
  ["Hugging Face token", beginning(/hf_/, /[A-Za-z0-9]{30,}/)],
  ["PyPI token", beginning(/pypi-/, /[\w-]{40,}/)],
  ["Slack token", beginning(/xox[abeoprs]-/, /[\w-]{10,}/)],
  ["Slack token", beginning(/xapp-/, /[\w-]{10,}/)],
  ["Google API key", beginning(/AIza/, /[\w-]{35}/)],
  ["Google token", beginning(/ya29\./, /[\w-]{20,}/)],
  ["Google client secret", beginning(/GOCSPX-/, /[\w-]{20,}/)],
  ["AWS access key id", beginning(/(?:AKIA|ASIA)/, /[A-Z0-9]{16}\b/)],
  ["AWS secret access key", /(?<=aws_secret_access_key\W{1,6})[A-Za-z0-9/+=]{40}/gi],
  // Signed, unsigned or encrypted. Only at the start of a run, or a long run would be read again and again.
  ["JSON web token", beginning(/eyJ/, /[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){1,3}/, RUN_START)],
  ["bearer token", /(?<=Bearer\s{1,4})[\w.~+/=-]{16,}/g],
  ["HTTP password", /(?<=Basic\s{1,4})[A-Za-z0-9+/]{16,}={0,2}/g],
  // Whoever has the address can post.
  [
    "Slack webhook",
    /(?<=\bhooks\.slack(?:-gov)?\.com\\?\/(?:services|workflows|triggers)\\?\/)[\w/\\+-]{8,}(?<!\\)/g,
  ],
  ["Discord webhook", /(?<=\bdiscord(?:app)?\.com\\?\/api\\?\/webhooks\\?\/)\d+\\?\/[\w-]{8,}/g],
  // https://token@host
  ["token in an address", /(?<=https?:\/\/)(?=[a-z]{0,64}\d)[\w-]{20,}(?=@)/gi],
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
