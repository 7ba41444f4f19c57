import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import type { Surroundings } from "./jupyter-data-dir.js";

/** The first program of a name on PATH; undefined when there is none. */
export function findOnPath(name: string, { platform, env }: Surroundings): string | undefined {
  const endings = platform === "win32" ? [".exe", ".cmd", ".bat", ""] : [""];
  const folders = (env.PATH ?? env.Path ?? "").split(platform === "win32" ? ";" : delimiter);
  return folders
    .filter((folder) => isAbsolute(folder))
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
