import { relative, resolve } from "node:path";
import { resolveCwd } from "../../src/options/resolve-cwd.js";
import type { ClaudeOptions } from "../../src/options/types.js";
import { fileStates, MISSING } from "./file-state.js";
import { isWithin, realPath } from "./paths.js";
import type { TurnRecord } from "./turn-record.js";

/**
 * What would be lost if the files of a turn were put back now, beside the turn's own changes: a line for each.
 *
 * @param preview the files that the CLI would change.
 */
export async function whyNotUndo(
  { files, left }: TurnRecord,
  options: ClaudeOptions,
  preview: readonly string[],
): Promise<readonly string[]> {
  if (options.spawnClaudeCodeProcess)
    return ["the CLI runs elsewhere, so it cannot be told what has become of its files since"];
  const cwd = resolveCwd(options.cwd);
  const folders = [cwd, ...(options.additionalDirectories ?? []).map((folder) => resolve(cwd, folder))];
  const nameOf = (path: string): string =>
    isWithin(path, [cwd]) ? relative(realPath(cwd), realPath(path)) : path;
  const states = await fileStates(files.map(({ path }) => path));
  const covered = new Set(preview.map(realPath));
  const own = new Set(files.map(({ path }) => realPath(path)));
  const reasons = files.flatMap(({ path, created }) => {
    const state = states.get(path);
    if (created && state === MISSING) return [];
    const name = nameOf(path);
    if (state !== left.get(path))
      return [`${name} has been ${state === MISSING ? "deleted" : "changed"} since`];
    if (!covered.has(realPath(path))) return [`the CLI has not kept what ${name} was before`];
    return isWithin(path, folders) ? [] : [`${name} lies outside of the folders that Claude was given`];
  });
  const others = preview.filter((path) => !own.has(realPath(path)));
  return [
    ...reasons,
    ...others.map((path) => `${nameOf(path)}, which this turn did not change, would be put back as well`),
  ];
}
