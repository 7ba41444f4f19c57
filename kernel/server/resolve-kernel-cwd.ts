import { stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve } from "node:path";

/**
 * The working folder for a kernel that a client asked for with `path`: as in Jupyter a folder, or a notebook in one,
 * relative to the server's root; where it does not exist, the nearest folder above that does.
 * @returns undefined when the path leads out of the root.
 */
export async function resolveKernelCwd(root: string, path: string): Promise<string | undefined> {
  let folder = resolve(root, `./${path}`);
  if (!isWithin(root, folder)) return undefined;
  while (folder !== root && !(await isFolder(folder))) folder = dirname(folder);
  return folder;
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === "" || !(way.startsWith("..") || isAbsolute(way));
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
