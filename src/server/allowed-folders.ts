import { realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { ServerError } from "./server-error.js";

/** The folders that clients may work in, with symbolic links followed. The first is where they work by default. */
export interface AllowedFolders {
  readonly first: string;
  /**
   * The working folder of a query as a real path.
   *
   * @param cwd a path, relative to the first folder; that folder itself without it.
   * @throws ServerError `option_refused` for a path outside, and for one that is no folder.
   */
  resolveCwd(cwd: string | undefined): string;
  /** Whether a path lies inside, wherever links lead; a file that does not exist yet is judged by the folder it would be in. */
  contains(path: string): boolean;
}

/** @throws ServerError `start_failed` when a folder does not exist. */
export function allowedFolders(folders: readonly string[]): AllowedFolders {
  const roots = folders.map(realFolder);
  const first = roots[0] ?? realFolder(".");
  const all = roots.length > 0 ? roots : [first];
  const isInside = (path: string): boolean => all.some((root) => isWithin(root, path));
  return {
    first,
    resolveCwd(cwd) {
      if (cwd === undefined) return first;
      const path = realPath(resolve(first, cwd));
      // The same words for what is outside and what is not there, so that nobody learns what the disk holds.
      if (path === undefined || !isInside(path) || !statSync(path).isDirectory()) {
        const message = `The option \`cwd\` cannot be ${JSON.stringify(cwd)}: it is no folder inside those that this server allows.`;
        throw new ServerError("option_refused", message, { facts: { option: "cwd" } });
      }
      return path;
    },
    contains: (path) => isInside(realTarget(path)),
  };
}

function realFolder(folder: string): string {
  const path = realPath(resolve(folder));
  if (path !== undefined && statSync(path).isDirectory()) return path;
  throw new ServerError(
    "start_failed",
    `The server cannot allow ${JSON.stringify(folder)}: it is no folder.`,
    {
      hints: ["Create it, or name another one in `allowedFolders`."],
    },
  );
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Follows the links of the part of a path that exists. */
function realTarget(path: string): string {
  const found = realPath(path);
  if (found !== undefined) return found;
  const folder = dirname(path);
  return folder === path ? path : join(realTarget(folder), basename(path));
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === "" || (!isAbsolute(way) && way !== ".." && !/^\.\.[\\/]/.test(way));
}
