import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { KERNEL_NAME } from "../kernel-name.js";
import { findSysPrefix } from "./find-sys-prefix.js";
import { jupyterDataDir, type Surroundings } from "./jupyter-data-dir.js";

/** Where the kernelspec goes; `user` when nothing is said. */
export interface InstallTarget {
  /** For the user: every Jupyter of theirs finds it. */
  readonly user?: boolean | undefined;
  /** Into the active Python environment, or the one of the `jupyter` on PATH. */
  readonly sysPrefix?: boolean | undefined;
  /** Under `DIR/share/jupyter/kernels`. */
  readonly prefix?: string | undefined;
}

/**
 * The folder of our kernelspec in the chosen place.
 * @throws HostError `install-target` when `sysPrefix` is asked for and there is no environment.
 */
export function kernelFolder(target: InstallTarget, surroundings: Surroundings = here()): string {
  return join(kernelsFolder(target, surroundings), KERNEL_NAME);
}

function kernelsFolder(target: InstallTarget, surroundings: Surroundings): string {
  const prefix = target.prefix ?? (target.sysPrefix ? findSysPrefix(surroundings) : undefined);
  if (prefix === undefined) return join(resolve(jupyterDataDir(surroundings)), "kernels");
  return join(resolve(prefix), "share", "jupyter", "kernels");
}

function here(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() };
}
