import { mkdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { outputPaths } from "../../notebook/output-paths.js";

/**
 * Where the results go. `-o` names a folder for several notebooks, and for one if it is there or is written as one; else a
 * file. The folder is made if need be.
 * @returns absolute paths in the order of `paths`.
 * @throws HostError `output-unwritable` when two notebooks would be saved in one file, or one over a notebook.
 */
export async function runTargets(
  paths: readonly string[],
  output: string | undefined,
): Promise<readonly string[]> {
  const isFile = output !== undefined && paths.length === 1 && !(await isFolder(output));
  if (isFile) return [resolve(output)];
  const targets = outputPaths(paths, output);
  // Whether it can be written to, each notebook finds out for itself.
  if (output !== undefined) await mkdir(output, { recursive: true }).catch(() => {});
  return targets;
}

async function isFolder(path: string): Promise<boolean> {
  return /[/\\]$/.test(path) || ((await stat(path).catch(() => undefined))?.isDirectory() ?? false);
}
