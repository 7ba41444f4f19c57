import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { HostError } from "../../host-error.js";

/** The files of a run. */
export interface RunFiles {
  readonly notebooks: readonly string[];
  /** Where each notebook is saved, in the same order. */
  readonly targets: readonly string[];
  /** The parameters. */
  readonly params: string | undefined;
  /** The report. */
  readonly junit: string | undefined;
}

/**
 * Checks that a run writes over nothing that it reads or writes besides. One notebook may be saved in place.
 * @throws HostError `output-unwritable`.
 */
export async function checkRunFiles({ notebooks, targets, params, junit }: RunFiles): Promise<void> {
  const taken = new Map<string, string>();
  for (const path of notebooks) taken.set(await identify(path), "a notebook that is run");
  if (params !== undefined) taken.set(await identify(params), "the file of the parameters");
  const inPlace = notebooks.length === 1 ? await identify(notebooks[0]!) : undefined;
  for (const path of targets) {
    const identity = await identify(path);
    if (identity !== inPlace || taken.get(identity) === "the file of the parameters")
      checkFree(path, taken.get(identity), "-o");
    taken.set(identity, "where a notebook is saved");
  }
  if (junit !== undefined) checkFree(junit, taken.get(await identify(junit)), "--junit");
}

function checkFree(path: string, use: string | undefined, option: string): void {
  if (use === undefined) return;
  throw new HostError("output-unwritable", `Cannot write ${path}: it is ${use}.`, {
    hints: [`Name another file with \`${option}\``],
  });
}

/** Whatever name a file goes by: links lead to it too, and one that is not there yet is known by its folder. */
async function identify(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined) return `${found.dev}:${found.ino}`;
  const folder = dirname(resolve(path));
  return join(await realpath(folder).catch(() => folder), basename(path));
}
