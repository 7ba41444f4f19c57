/** Paths and hosts that a text names. What it leads to when it runs is another matter: a script may name its own. */
export interface NamedPlaces {
  readonly paths: readonly string[];
  readonly hosts: readonly string[];
}

/** Most places of a kind that are listed; the text itself shows them all. */
const MAX_LISTED = 20;

/** Schemes are short; without a bound, dots and dashes would make a long word one for each of its letters. */
const URL_HOST =
  /\b[a-z][a-z0-9+.-]{0,60}:\/\/(?:[^\s/?#'"`<>|;&()@]*@)?(\[[0-9a-f:.]+\]|[^\s/?#'"`<>|;&():]+)/gi;
const SCP_HOST = /(?:^|[\s'"`=])[\w.+-]+@([\w.-]+)/g;
const IP = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])/g;
const DOMAIN =
  /(?<![\w./@-])(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|dev|app|ai|co|me|sh|xyz|info|biz|cloud|site|online|us|uk|de|fr|eu|ch|at|nl|it|es|se|ru|cn|jp|in|br|onion|local|localhost|internal|example|test)(?![\w-])/gi;
const LOCALHOST = /(?<![\w.])localhost(?![\w.])/g;

/**
 * A word with a slash, or one that begins like a path. A leading `=` or quote ends what stands before it. Whatever ends the
 * word may follow it, so that nothing is read twice.
 */
const PATH =
  /(?<![^\s'"`=(<>|;&:,[{])(?:~[\w-]*(?:\/[^\s'"`<>|;&(){},]*)?|\$\{?\w+\}?\/[^\s'"`<>|;&(){},]*|[\w.@+-]*\/[^\s'"`<>|;&(){},]*|\.{1,2})(?![^\s'"`(){}<>|;&:,\]])/g;

/** Reads places from a text, in the order in which they stand there. */
export function findPlaces(text: string): NamedPlaces {
  const urls = [...text.matchAll(URL_HOST)];
  const hosts = [
    ...urls.filter(([url]) => !url.toLowerCase().startsWith("file:")).map((match) => match[1]!),
    ...[...text.matchAll(SCP_HOST)].map((match) => match[1]!),
    ...[IP, DOMAIN, LOCALHOST].flatMap((pattern) => [...text.matchAll(pattern)].map(([host]) => host)),
  ];
  // A URL has slashes, but names no file of this machine.
  const withoutUrls = text.replace(/\b(?!file:)[a-z][a-z0-9+.-]{0,60}:\/\/[^\s'"`<>|;&()]*/gi, (url) =>
    " ".repeat(url.length),
  );
  const namesRoot = text.includes(" /");
  const paths = [...withoutUrls.matchAll(PATH)]
    .map(([path]) => path)
    .filter((path) => path !== "/" || namesRoot);
  return { paths: listed(paths), hosts: listed(hosts) };
}

function listed(found: readonly string[]): string[] {
  return [...new Set(found)].slice(0, MAX_LISTED);
}
