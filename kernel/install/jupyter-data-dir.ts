import { join } from "node:path";

/** What the place of Jupyter's data depends on; a parameter so that every platform can be tested on any. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * Jupyter's data folder of the user, as `jupyter --data-dir` prints it.
 * @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files
 */
export function jupyterDataDir({ platform, env, home }: Surroundings): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32") return join(env.APPDATA || join(home, "AppData", "Roaming"), "jupyter");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
}
