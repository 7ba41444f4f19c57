import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/** A path with all links followed, also that of a file which is not there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), relative(folder, path));
  }
}

/** Whether a path lies in one of these folders, links followed. */
export function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = relative(realPath(folder), realPath(path));
    return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}
