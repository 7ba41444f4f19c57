import { looksSecret } from "./looks-secret.js";
import type { ReplaceRule } from "./spans.js";

type Part = ReturnType<NonNullable<ReplaceRule["pick"]>>;

/** Bounded, or long runs of them would be read again and again. */
const space = "(?:[ \\t\\r\\n]|\\\\{1,4}[nrt]){1,20}";
/** Stands for a password in code and documentation. */
const reference = /^(?:[$<{%*]|\[redacted)/;
const placeholder = /^(?:[$<{%*]|\[redacted)|^(?:password|pass|pw|passwd|secret|token|x+)$/i;

/** Secrets that are told by where they stand. */
export const placedSecrets: readonly Omit<ReplaceRule, "replacement">[] = [
  // https://user:password@host
  {
    name: "password in an address",
    pattern:
      /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:(?:\\?\/){2}[^\s/:@"'`\\]{0,128}:(?<secret>[^\s/:@"'`\\]{1,512})(?=@)/dgi,
    pick: (match) => secretOf(match, (secret) => !reference.test(secret)),
  },
  // curl -u user:password
  {
    name: "password of curl",
    pattern:
      /(?<=\s)(?:-[a-zA-Z]{0,4}u|--user|--proxy-user)(?:[ \t]{1,4}|=)?\\*["']?[^\s:"'\\]{1,128}:(?<secret>[^\s"'\\]{1,512})/dg,
    pick: (match) => secretOf(match, (secret) => !reference.test(secret) && isOfCurl(match)),
  },
  // --password x
  {
    name: "password in a command line",
    pattern:
      /--(?<name>[a-z-]{0,32}(?:password|passwd|passphrase|token|api-?key|secret))[ \t]{1,4}\\*["']?(?<secret>[^\s"'`\\]{1,512})/dg,
    pick: (match) =>
      secretOf(match, (secret) =>
        looksSecret(secret, { isPassword: match.groups!.name!.includes("pass"), style: "quoted" }),
      ),
  },
  // .netrc: machine host login user password x
  {
    name: "password of .netrc",
    pattern: new RegExp(
      `\\b(?:login|machine|account)${space}[^\\s"'\\\\]{1,128}${space}password${space}(?<secret>[^\\s"'\`\\\\]{1,512})`,
      "dg",
    ),
    pick: (match) => secretOf(match, (secret) => !placeholder.test(secret) && isOfNetrc(match, secret)),
  },
  // .pgpass: host:port:database:user:password
  {
    name: "password of .pgpass",
    pattern:
      /(?<![\w.:/*-])[\w.*-]{1,128}:(?:\d{4,5}|\*):(?<database>[\w*-]{1,64}):[\w.*-]{1,64}:(?<secret>[^\s"'`\\:]{1,512})/dg,
    pick: (match) =>
      secretOf(
        match,
        (secret) => secret.length > 3 && !placeholder.test(secret) && !/^\d+$/.test(match.groups!.database!),
      ),
  },
  // <password>x</password>
  {
    name: "password in XML",
    pattern:
      /<(?<name>[\w:-]{0,32}(?:password|passphrase|secret|token|apikey|api-key))>(?<secret>[^\s<>"\\]{1,512})<\\?\//dgi,
    pick: (match) =>
      secretOf(match, (secret) =>
        looksSecret(secret, { isPassword: /pass/i.test(match.groups!.name!), style: "quoted" }),
      ),
  },
];

function secretOf(match: RegExpExecArray, accepts: (secret: string) => boolean): Part {
  const [start, end] = match.indices!.groups!.secret!;
  return accepts(match.groups!.secret!) ? { start, end } : undefined;
}

/** How far before its option a command's name is looked for, in characters. */
const COMMAND_REACH = 400;

/** Other programs' `-u 1000:1000` names a user and a group. */
function isOfCurl({ input, index }: RegExpExecArray): boolean {
  const before = input.slice(Math.max(0, index - COMMAND_REACH), index);
  return /\bcurl\b(?:[^\n;|&]|\\\r?\n)*$/.test(before.slice(Math.max(0, before.lastIndexOf("curl"))));
}

/** "your login name and password fields" is prose. */
function isOfNetrc(match: RegExpExecArray, secret: string): boolean {
  const { input, index } = match;
  const before = input.slice(Math.max(0, index - COMMAND_REACH), index);
  return (
    /(?:^|[\s"'`nt→>])machine[\s\\]/.test(before + match[0].slice(0, 8)) ||
    looksSecret(secret, { isPassword: true, style: "bare" })
  );
}
