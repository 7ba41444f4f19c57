import { insideJson, literalPattern, type ReplaceRule } from "./spans.js";

/** Names of variables that hold credentials. */
const secretName =
  /(?:^|_)(?:KEY|TOKEN|PASS|PASSWD|PWD|PASSPHRASE|CREDENTIALS?)$|APIKEY|SECRET|PASSWORD|(?<=_|^)WEBHOOK/i;

/** The shell's own, which hold folders. */
const harmlessNames: ReadonlySet<string> = new Set(["PWD", "OLDPWD"]);

/** Shorter values ("dev", "true") are no secrets, and would be found everywhere. In characters. */
const SHORTEST_SECRET = 8;

/**
 * A word such as "production", which stands in every other text: to replace it would tell that it is the value and ruin the
 * recording. Longer runs of letters, and words with digits or signs, are taken for credentials.
 */
const plainWord = /^(?:[a-z]{1,14}|[A-Z]{1,14}|[A-Z][a-z]{1,13})$/;

/** What a `…_KEY` that is no credential holds: names of fields and columns. */
const plainName = /^[a-z]{1,14}(?:[_.-][a-z]{1,14}){0,3}$/i;

/** The rules that find the values which an environment holds under telling names, also when these are encoded. */
export function knownValueRules(
  env: Readonly<Record<string, string | undefined>>,
  replacement: string,
): ReplaceRule[] {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !isSecretValue(name, value) || names.has(value)) continue;
    names.set(value, name);
  }
  return [...names].flatMap(([value, name]) =>
    rulesFor(value, replacement).map((rule) => ({ ...rule, name: `value of ${name}` })),
  );
}

function isSecretValue(name: string, value: string): boolean {
  if (!secretName.test(name) || harmlessNames.has(name) || value.trim().length < SHORTEST_SECRET)
    return false;
  return !(plainWord.test(value) || (/KEY$/i.test(name) && plainName.test(value)));
}

function rulesFor(value: string, replacement: string): ReplaceRule[] {
  const once = insideJson(value);
  const inUrl = encodeURIComponent(bytesOf(value).toString());
  const exact = [value, once, insideJson(once)].map(literalPattern);
  // Hexadecimal digits of either case.
  const inForm = new URLSearchParams({ v: value }).toString().slice("v=".length);
  const encoded = [inUrl, inUrl.replaceAll("%20", "+"), inForm, inForm.replaceAll("+", "%20")]
    .filter((text) => text !== value)
    .map(literalPattern);
  const base64 = base64Cores(value).map((core) => `${literalPattern(core)}[A-Za-z0-9+/_-]?={0,2}`);
  return [
    ...[...new Set([...exact, ...base64])].map((source) => ({
      pattern: new RegExp(source, "g"),
      replacement,
    })),
    ...[...new Set(encoded)].map((source) => ({ pattern: new RegExp(source, "gi"), replacement })),
  ];
}

/** What is always the same in the base64 of a text that holds the value, for each of the three places it may begin at. */
function base64Cores(value: string): string[] {
  const bytes = bytesOf(value);
  const cores = [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    // A character stands for six bits; those that hold bits of what is before or after are left out.
    const core = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [...new Set(cores)];
}

/** In UTF-8; half a surrogate pair, which no address can hold, becomes a replacement character. */
function bytesOf(value: string): Buffer {
  return Buffer.from(value);
}
