import { looksSecret } from "./looks-secret.js";
import type { ReplaceRule } from "./spans.js";

type Part = ReturnType<NonNullable<ReplaceRule["pick"]>>;

const passwordName = "pass(?:word|wd|phrase|code)|(?<![A-Za-z])(?:pass|pwd)|pwd";
const otherName =
  "secret|token|(?:api|access|account|auth|encryption|master|private|signing|shared|storage)[_-]?key|credentials?";
const lineStart = /(?:^|[\n>→\t]|\\n)[ \t]*(?:\d{1,6}[→\t][ \t]*)?(?:[-+*>][ \t]*)?[\w.-]*$/;

/** `password: x`, `"api_key": "x"`, `token = 'x'`; in code, JSON, YAML, addresses and command lines, also inside JSON. */
const anyName = new RegExp(
  [
    `(?:(?<password>${passwordName})|${otherName})(?:[_-]?(?:key|base|value|hash|\\d{1,2}))?`,
    "(?:\\\\*[\"'`]\\]?)?[ \\t]{0,20}(?::[ \\t]{0,4}(?:&?str|string)[ \\t]{0,4}=|:=|=>|:|=(?!=))[ \\t]{0,20}",
    '(?:"(?<double>(?:[^\\s"\\\\]|\\\\\\S)+)"',
    "|(?<q>['`])(?<single>(?:[^\\s\"'`\\\\]|\\\\\\S)+)\\k<q>",
    "|(?<nested>\\\\+[\"'`])(?<inner>(?:(?!\\k<nested>)[^\\s\"'`])+)\\k<nested>",
    "|(?<bare>(?:(?![;,&][\\w.%-]{1,64}[:=])[^\\s\"'`\\\\({[])+))",
  ].join(""),
  "gid",
);

/** `STRIPE_KEY=x`, `export DB_PWD="x"`. */
const envName =
  /(?<![A-Za-z0-9_])(?:[A-Z][A-Z0-9_]{0,64})?(?:(?<password>PASSWORD|PASSWD|PASSPHRASE|_PASS|_PWD)|_KEY|_TOKEN|SECRET|CREDENTIALS)(?:_?[A-Z0-9_]{0,32})(?:=\\*["']?|:[ \t]{1,4}(?=[^\s"'`\\]+(?:\s|\\|$)))(?<env>[^\s"'$`\\({[]+)/dg;

/** What a report calls them. */
export const ASSIGNED = "value of a password, token or key";

export const assignedSecrets: readonly Omit<ReplaceRule, "replacement">[] = [
  { name: ASSIGNED, pattern: anyName, pick: pickAssigned },
  { name: ASSIGNED, pattern: envName, pick: pickAssigned },
];

/** Fields that hold a secret by their name, as `{"password": "x"}` does. */
const fieldName = new RegExp(
  `(?:(?<password>${passwordName})|${otherName})(?:[_-]?(?:key|base|value|hash|\\d{1,2}))?$`,
  "i",
);

/** Whether an object's field of this name and value holds a secret. */
export function isSecretField(name: string, value: string): boolean {
  const named = fieldName.exec(name);
  return named !== null && looksSecret(value, { isPassword: !!named.groups?.password, style: "quoted" });
}

function pickAssigned(match: RegExpExecArray): Part {
  const groups = match.groups!;
  const ranges = match.indices!.groups!;
  const isPassword = groups.password !== undefined;
  for (const quoted of ["double", "single", "inner"]) {
    const value = groups[quoted];
    const range = ranges[quoted];
    if (value === undefined || !range) continue;
    return looksSecret(value, { isPassword, style: "quoted" })
      ? { start: range[0], end: range[1] }
      : undefined;
  }
  const style = groups.env === undefined ? "bare" : "env";
  const [start, matchedTo] = ranges[style === "env" ? "env" : "bare"]!;
  const text = match.input;
  const next = text[matchedTo] ?? "";
  const opens = /[([{]/.test(next);
  let value = text.slice(start, matchedTo).replace(/[,;)}\].>]{1,8}$/, "");
  if (opens) {
    // `f(x)`, `list[0]`; but "p@ss(w)ord" is none.
    if (/^[\w$.?!#]*$/.test(value)) return undefined;
    value = text.slice(start, endOfRest(text, matchedTo));
    return looksSecret(value, { isPassword, style: "quoted" })
      ? { start, end: start + value.length }
      : undefined;
  }
  const end = start + value.length;
  const isAlone = end === matchedTo;
  const before = text.slice(Math.max(0, match.index - 80), match.index);
  // The shell's own PWD is a folder's name; a declaration's value is code.
  const isCode = style === "bare" && /\b(?:const|let|var|return|final|val|auto)\s[\w\s]*$/.test(before);
  const beginsLine = !isCode && lineStart.test(before);
  if (!looksSecret(value, { isPassword, style, isAlone: isAlone && !isCode, beginsLine })) return undefined;
  return { start, end: end === matchedTo ? endOfRest(text, end) : end };
}

/** How much of what follows a bare value belongs to it still: brackets and backslashes, but no escape of JSON's. */
function endOfRest(text: string, from: number): number {
  if (/[;,&]/.test(text[from] ?? "")) return from;
  const rest = /(?:[^\s"'`\\,;&]|\\\\|\\[^\s"'`\\nrtbfu]){0,256}/y;
  rest.lastIndex = from;
  return from + (rest.exec(text)?.[0].length ?? 0);
}
