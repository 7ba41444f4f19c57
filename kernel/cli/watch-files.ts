import { createHash } from "node:crypto";
import { type StatsListener, unwatchFile, watchFile } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

/** How often files are looked at, in ms: soon enough for who has just saved one. */
const INTERVAL_MS = 250;

/**
 * Calls `onChange` with a path, as it was given, whenever that file has other bytes than before; files that are replaced
 * or come back count too. Looks at them again and again: the system's events lose a file that an editor replaces twice,
 * and there are none on many network drives.
 * @returns what ends the watch.
 */
export async function watchFiles(
  paths: readonly string[],
  onChange: (path: string) => void,
): Promise<() => void> {
  const known = new Map<string, string | undefined>();
  for (const path of paths) known.set(path, await digestOf(path));
  const compare = async (path: string): Promise<void> => {
    const digest = await digestOf(path);
    if (digest === undefined || known.get(path) === digest) return;
    known.set(path, digest);
    onChange(path);
  };
  const ends = paths.map((path) => {
    // Once in any case: for a change before the first look.
    let timer = setTimeout(() => void compare(path), INTERVAL_MS);
    const listener: StatsListener = () => {
      // Editors write in several steps: it counts once it has stayed as it is.
      clearTimeout(timer);
      timer = setTimeout(() => void compare(path), INTERVAL_MS);
    };
    watchFile(resolve(path), { interval: INTERVAL_MS }, listener);
    return () => {
      clearTimeout(timer);
      unwatchFile(resolve(path), listener);
    };
  });
  return () => {
    for (const end of ends) end();
  };
}

/** Undefined while there is no such file. */
async function digestOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && createHash("sha256").update(bytes).digest("hex");
}
