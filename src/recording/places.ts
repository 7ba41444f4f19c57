import { realpathSync } from "node:fs";
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

/** The rules that take the working folder and the home folder out of a recording. */
export function placeRules(cwd: string, home: string): PlaceRules {
  const places = [...new Set([cwd, realPath(cwd)])].filter(isPlace);
  const homes = isPlace(home) ? [home] : [];
  const slugs = places.map((path) => ({
    pattern: new RegExp(`(?<=[\\\\/])${literalPattern(slugOf(path))}(?![\\w-])`, "g"),
    replacement: CWD_SLUG,
  }));
  const rules = (paths: readonly string[], replacement: string): ReplaceRule[] =>
    paths.map((path) => ({ pattern: pathPattern(path), replacement }));
  const escaped = places.map(insideJson);
  return {
    text: [
      ...rules(places, CWD),
      ...rules(
        escaped.filter((path) => !places.includes(path)),
        CWD_IN_JSON,
      ),
      ...slugs,
      ...rules([...new Set([...homes, ...homes.map(insideJson)])], HOME),
    ],
    json: [...rules(escaped, CWD), ...slugs, ...rules(homes.map(insideJson), HOME)],
  };
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

/** How the CLI names folders of its own after a project's. */
function slugOf(path: string): string {
  return path.replaceAll(/[^a-zA-Z0-9]/g, "-");
}

/**
 * A path where it stands for itself, not inside a longer name: `/work/a` is not in `/work/ab` nor in `/work/a.txt`.
 * Before it may stand an escape sequence of JSON ("\n/work/a"), whose letter is not part of a name.
 */
function pathPattern(path: string): RegExp {
  return new RegExp(`(?<=^|[^\\w.-]|\\\\[nrtbf])${literalPattern(path)}(?![\\w-]|\\.\\w)`, "g");
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
