import { readdir, realpath, stat } from "node:fs/promises";
import { basename, extname, join, relative } from "node:path";
import { describeSystemError } from "../../src/system-error.js";
import { HostError } from "../host-error.js";
import { type ExportSource, sourceTypeOf } from "./export-source.js";

/** What was found under the paths of a command line. */
export interface FoundSources {
  /** Each file once, in the order of the paths; those of a folder in the order of the alphabet. */
  readonly sources: readonly ExportSource[];
  /** What is wrong with paths of which nothing can be exported. */
  readonly failures: readonly HostError[];
  readonly hasFolder: boolean;
}

/** Folders whose notebooks are not the user's own, beside hidden ones such as `.ipynb_checkpoints`. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", "__pycache__"]);

/**
 * Finds the files to export: a path is a file, or a folder, which stands for all notebooks in it and below it. Saved sessions are
 * to be named themselves, for a folder of notebooks often has a folder of recordings beside them.
 */
export async function findSources(paths: readonly string[]): Promise<FoundSources> {
  const found = await Promise.all(paths.map(findUnder));
  const sources = await withoutRepeated(found.flatMap((each) => each.sources));
  return {
    sources,
    failures: found.flatMap((each) => each.failures),
    hasFolder: found.some((each) => each.hasFolder),
  };
}

async function findUnder(path: string): Promise<FoundSources> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  try {
    if (!isFolder) {
      const source = { path, type: sourceTypeOf(path), name: basename(path) };
      return { sources: [source], failures: [], hasFolder: false };
    }
    const notebooks = await notebooksIn(path);
    if (notebooks.length === 0) throw new HostError("export-input", `The folder ${path} holds no notebooks.`);
    const sources = notebooks.map((file): ExportSource => {
      return { path: file, type: "notebook", name: relative(path, file) };
    });
    return { sources, failures: [], hasFolder: true };
  } catch (error) {
    if (!HostError.isInstance(error)) throw error;
    return { sources: [], failures: [error], hasFolder: isFolder };
  }
}

/** Links to folders are not followed: they may lead in a circle. */
async function notebooksIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new HostError(
      "notebook-unreadable",
      `The folder ${folder} cannot be read: ${describeSystemError(cause)}.`,
      { cause },
    );
  });
  const shown = entries.filter(({ name }) => !name.startsWith(".") && !SKIPPED.has(name));
  const sorted = shown.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(
    sorted.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return notebooksIn(path);
      return extname(entry.name).toLowerCase() === ".ipynb" ? [path] : [];
    }),
  );
  return found.flat();
}

/** `a.ipynb` and `./a.ipynb` are one file; a folder and a file in it name that file twice. */
async function withoutRepeated(sources: readonly ExportSource[]): Promise<ExportSource[]> {
  const places = await Promise.all(sources.map(({ path }) => realpath(path).catch(() => path)));
  return sources.filter((_source, i) => places.indexOf(places[i]!) === i);
}
