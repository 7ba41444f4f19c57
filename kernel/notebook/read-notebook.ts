import { readFile } from "node:fs/promises";
import * as z from "zod";
import { systemErrorCode } from "../../src/system-error.js";
import { HostError } from "../host-error.js";
import { findJsonError } from "./find-json-error.js";
import type { Notebook } from "./notebook.js";
import { mendingSchema, notebookSchema } from "./notebook-schema.js";
import { unreadableSource } from "./unreadable-source.js";

/** How a notebook is read. */
export interface ReadOptions {
  /** What is damaged in a cell is left out, and the cell says so, instead of an error. @defaultValue false */
  readonly mend?: boolean | undefined;
}

/**
 * Reads a notebook of any language, nbformat 4.
 * @throws HostError `notebook-not-found`, `notebook-unreadable`, `notebook-not-json` (with line and column),
 * `notebook-version` (nbformat 3 or 5, with the command that converts it) or `notebook-invalid`.
 */
export async function readNotebook(path: string, options: ReadOptions = {}): Promise<Notebook> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") {
      throw new HostError("notebook-not-found", `There is no notebook at ${path}.`, { cause: error });
    }
    throw unreadableSource(`The notebook ${path}`, error, [
      `Take its outputs out: \`jupyter nbconvert --clear-output --inplace ${path}\``,
    ]);
  });
  return parseNotebook(text, path, options);
}

/**
 * Parses the text of a notebook; `path` only names it in errors.
 * @throws HostError as {@link readNotebook} does.
 */
export function parseNotebook(text: string, path: string, { mend = false }: ReadOptions = {}): Notebook {
  const json = parseJson(text.replace(/^\uFEFF/, ""), path);
  checkVersion(json, path);
  const parsed = (mend ? mendingSchema : notebookSchema).safeParse(json);
  if (!parsed.success) {
    const issue = deepestIssue(parsed.error.issues);
    throw new HostError(
      "notebook-invalid",
      `${path} is not a valid notebook: at ${z.core.toDotPath(issue.path) || "the top"}: ${issue.message}.`,
      { cause: parsed.error },
    );
  }
  return parsed.data as Notebook;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (text.trim() === "")
      throw new HostError("notebook-not-json", `${path} is empty, not a notebook.`, { cause });
    const position = findJsonError(text);
    const where = position === undefined ? "" : ` (line ${position.line}, column ${position.column})`;
    const conflict = /^(<{7}|={7}|>{7})( |$)/m.test(text);
    throw new HostError("notebook-not-json", `${path} is not JSON${where}.`, {
      cause,
      hints: conflict
        ? [
            "It holds the marks of a merge conflict (`<<<<<<<`): resolve it, or take one side with `git checkout --ours`",
          ]
        : [],
    });
  }
}

/** Versions first: a notebook of nbformat 3 has no `cells`, and that is not what its owner needs to hear. */
function checkVersion(json: unknown, path: string): void {
  const version = typeof json === "object" && json !== null && "nbformat" in json ? json.nbformat : undefined;
  if (version === 4) return;
  if (typeof version !== "number") {
    throw new HostError("notebook-invalid", `${path} is JSON, but not a notebook: it has no "nbformat".`);
  }
  throw new HostError(
    "notebook-version",
    `${path} is in nbformat ${version}; this program reads nbformat 4, Jupyter's since 2015.`,
    { hints: [`Convert it: \`jupyter nbconvert --to notebook --nbformat 4 ${path}\``] },
  );
}

/** A union reports each of its branches; the branch that got furthest says what is wrong. */
function deepestIssue(issues: readonly z.core.$ZodIssue[]): { path: PropertyKey[]; message: string } {
  const [first] = issues;
  if (first === undefined) return { path: [], message: "it has an unknown shape" };
  if (first.code !== "invalid_union") return { path: first.path, message: first.message };
  const nested = first.errors.filter((branch) => branch.length > 0).map(deepestIssue);
  const deepest = nested.sort((a, b) => b.path.length - a.path.length)[0];
  if (deepest === undefined) return { path: first.path, message: first.message };
  return { path: [...first.path, ...deepest.path], message: deepest.message };
}
