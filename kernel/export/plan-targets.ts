import { stat } from "node:fs/promises";
import { dirname, format, join, parse, relative, resolve, sep } from "node:path";
import { HostError } from "../host-error.js";
import type { ExportSource } from "./export-source.js";

/** A file to export and where it goes. */
export interface ExportTarget {
  readonly source: ExportSource;
  /** The path of the file that is written. */
  readonly path: string;
}

export interface TargetOptions {
  /** The file for one source, the folder for several. @defaultValue beside each source, with another ending */
  readonly output: string | undefined;
  /** Whether `output` names a folder. */
  readonly isFolder: boolean;
  /** Of what is written: ".html". */
  readonly extension: string;
  /** Names in the folder that no target may have: "index.html". */
  readonly reserved?: readonly string[] | undefined;
}

/**
 * Says where each export goes, before any work is done. In a folder, sources of the same name keep as much of their paths as tells
 * them apart.
 *
 * @throws HostError `export-output` when two exports would go to one file; `output-unwritable` when one would go to a source.
 */
export async function planTargets(
  sources: readonly ExportSource[],
  options: TargetOptions,
): Promise<ExportTarget[]> {
  const targets = pathsOf(sources, options).map((path, i) => ({ source: sources[i]!, path }));
  for (const [i, { path, source }] of targets.entries()) {
    const other = targets.slice(0, i).find((before) => sameKey(before.path) === sameKey(path));
    if (other === undefined) continue;
    throw new HostError(
      "export-output",
      `${other.source.path} and ${source.path} would both be written to ${path}.`,
      { hints: ["Export one of them with `-o` and a name of its own"] },
    );
  }
  await checkNoSource(targets);
  return targets;
}

function pathsOf(sources: readonly ExportSource[], options: TargetOptions): string[] {
  const { output, isFolder, extension, reserved = [] } = options;
  if (output === undefined) return sources.map(({ path }) => withExtension(path, extension));
  if (!isFolder) return sources.map(() => output);
  const base = commonFolder(sources.map(({ path }) => resolve(path)));
  const below = sources.map(({ path }) => relative(base, resolve(path)));
  // From the shortest name to the one that nothing else has.
  const names = sources.map(({ name }, i) => [
    withExtension(name, extension),
    withExtension(below[i]!, extension),
    `${below[i]!}${extension}`,
  ]);
  const isTaken = (name: string, index: number): boolean =>
    reserved.includes(name) || names.some((own, i) => i !== index && sameKey(own[0]!) === sameKey(name));
  const chosen = names.map((own, i) => own.find((name) => !isTaken(name, i)) ?? own.at(-1)!);
  return chosen.map((name) => join(output, name));
}

/** File systems of macOS and Windows take `A.html` and `a.html` for one file. */
function sameKey(path: string): string {
  return resolve(path).toLowerCase();
}

function withExtension(path: string, extension: string): string {
  const { dir, name } = parse(path);
  return format({ dir, name, ext: extension });
}

/** The deepest folder that holds all of the files. */
function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => dirname(path).split(sep));
  const length = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return first.slice(0, length === -1 ? undefined : length).join(sep) || sep;
}

/** Whatever name a file goes by: links lead to it too. */
async function checkNoSource(targets: readonly ExportTarget[]): Promise<void> {
  const identify = async (path: string): Promise<string | undefined> => {
    const found = await stat(path).catch(() => undefined);
    return found && `${found.dev}:${found.ino}`;
  };
  const sources = new Set(await Promise.all(targets.map(({ source }) => identify(source.path))));
  for (const { path } of targets) {
    const identity = await identify(path);
    if (identity === undefined || !sources.has(identity)) continue;
    throw new HostError("output-unwritable", `Cannot write ${path}: it is the file that is exported.`, {
      hints: ["Name another file with `-o`, or leave it out for one beside it with another ending"],
    });
  }
}
