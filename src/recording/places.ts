import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { insideJson, literalPattern, type ReplaceRule } from "../redact/spans.js";

/** Stand in a recording for the query's working folder; a replay puts its own in their place. */
const CWD = "{{claude-notebook.cwd}}";
const CWD_IN_JSON = "{{claude-notebook.cwd-json}}";
const CWD_SLUG = "{{claude-notebook.cwd-slug}}";
/** Stands for the home folder, and stays. */
const HOME = "~";

/** What a recording says in place of folders of this machine. */
export interface PlaceRules {
  /** For texts. */
  readonly text: readonly ReplaceRule[];
  /** For texts that are themselves JSON, such as the pieces of a tool's input. */
  readonly json: readonly ReplaceRule[];
}

/**
 * Every folder that is a home here, the longest first: of the query's environment, of this process's, and of the user.
 * A query that has a HOME of its own still speaks of files in the others.
 */
export function homeFolders(...environments: readonly NodeJS.ProcessEnv[]): string[] {
  const homes = environments.flatMap(({ HOME, USERPROFILE }) => [HOME, USERPROFILE]);
  const given = [...homes, homedir()].filter((home) => home !== undefined).map(withoutLastSlash);
  const all = given.flatMap((home) => [home, realPath(home)]).filter(isPlace);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/** The rules that take the working folder and home folders out of a recording. @param homes the longest first. */
export function placeRules(cwd: string, homes: readonly string[]): PlaceRules {
  const places = [...new Set([cwd, realPath(cwd)])].filter(isPlace);
  const ofHomes = homeRules(homes);
  const slugs = [...slugRules(places, CWD_SLUG), ...ofHomes.slugs];
  const escaped = places.map(insideJson);
  const atHome = ofHomes.paths;
  return {
    text: [
      ...pathRules(places, CWD),
      ...pathRules(
        escaped.filter((path) => !places.includes(path)),
        CWD_IN_JSON,
      ),
      ...slugs,
      ...atHome,
    ],
    json: [...pathRules(escaped, CWD), ...slugs, ...atHome],
  };
}

/** The rules that put `~` in the place of home folders, and of what the CLI names after them. @param homes the longest first. */
export function homeRules(homes: readonly string[]): {
  readonly paths: readonly ReplaceRule[];
  readonly slugs: readonly ReplaceRule[];
} {
  const places = homes.filter(isPlace);
  return { paths: pathRules([...new Set(places.flatMap(spellings))], HOME), slugs: slugRules(places, HOME) };
}

/** Puts a replay's own working folder into a text of a recording. @param isJson whether the text is itself JSON. */
export function restorePlaces(text: string, cwd: string, isJson: boolean): string {
  if (!text.includes("{{claude-notebook.")) return text;
  return text
    .replaceAll(CWD, () => (isJson ? insideJson(cwd) : cwd))
    .replaceAll(CWD_IN_JSON, () => insideJson(cwd))
    .replaceAll(CWD_SLUG, () => slugOf(cwd));
}

/** The file system's root is in every path and tells nothing. */
function isPlace(path: string): boolean {
  return path.length > 3;
}

function withoutLastSlash(path: string): string {
  return path.replace(/(?<=[^\\/])[\\/]$/, "");
}

/** A path as texts show it: as it is, in JSON, in JSON within JSON, with slashes, and in a URL's path or query. */
function spellings(path: string): string[] {
  const slashed = path.replaceAll("\\", "/");
  const inUrl = encodeURI(slashed).replaceAll("#", "%23").replaceAll("?", "%3F");
  return [
    path,
    insideJson(path),
    insideJson(insideJson(path)),
    slashed,
    slashed.replaceAll("/", "\\/"),
    inUrl,
    encodeURIComponent(path),
    encodeURIComponent(slashed),
  ];
}

/** How the CLI names folders of its own after a project's. */
function slugOf(path: string): string {
  return path.replaceAll(/[^a-zA-Z0-9]/g, "-");
}

function slugRules(paths: readonly string[], replacement: string): ReplaceRule[] {
  // The slug of a folder in the home folder begins with that of the home folder.
  const end = replacement === HOME ? "(?!\\w)" : "(?![\\w-])";
  return paths.map((path) => ({
    pattern: new RegExp(`(?<=[\\\\/])${literalPattern(slugOf(path))}${end}`, "g"),
    replacement,
  }));
}

function pathRules(paths: readonly string[], replacement: string): ReplaceRule[] {
  return paths.map((path) => ({ pattern: pathPattern(path), replacement }));
}

/**
 * A path where it stands for itself, not inside a longer name: `/work/a` is not in `/work/ab` nor in `/work/a.txt`.
 * Before it may stand an escape sequence of JSON ("\n/work/a") or of a URL (%2F), whose letter is not part of a name.
 */
function pathPattern(path: string): RegExp {
  const before = "(?<=^|[^\\w.-]|\\\\[nrtbf]|%[0-9A-Fa-f]{2})";
  return new RegExp(`${before}${literalPattern(path)}(?![\\w-]|\\.\\w)`, "g");
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
