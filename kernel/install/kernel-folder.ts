import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { HostError } from "../host-error.js";
import { KERNEL_NAME } from "../kernel-name.js";
import { findSysPrefix } from "./find-sys-prefix.js";
import { jupyterDataDir, type Surroundings } from "./jupyter-data-dir.js";

/** Where the kernelspec goes; `user` when nothing is said. */
export interface InstallTarget {
  /** The kernelspec's name, which is that of its folder. @defaultValue "claude-notebook" */
  readonly name?: string | undefined;
  /** For the user: every Jupyter of theirs finds it. */
  readonly user?: boolean | undefined;
  /** Into the active Python environment, or the one of the `jupyter` on PATH. */
  readonly sysPrefix?: boolean | undefined;
  /** Under `DIR/share/jupyter/kernels`. */
  readonly prefix?: string | undefined;
}

/** Names that Jupyter takes; a first letter or digit keeps `..` out. @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs */
const VALID_NAME = /^[a-z0-9][a-z0-9._-]*$/i;

/**
 * The folder of our kernelspec in the chosen place.
 * @throws HostError `install-target` for a name that Jupyter would not take, and when `sysPrefix` is asked for and there
 * is no environment.
 */
export function kernelFolder(target: InstallTarget, surroundings: Surroundings = here()): string {
  const { name = KERNEL_NAME } = target;
  if (!VALID_NAME.test(name)) {
    throw new HostError("install-target", `${JSON.stringify(name)} cannot be the name of a kernel.`, {
      hints: ["A name consists of letters, digits, `.`, `_` and `-`"],
    });
  }
  return join(kernelsFolder(target, surroundings), name);
}

function kernelsFolder(target: InstallTarget, surroundings: Surroundings): string {
  const prefix = target.prefix ?? (target.sysPrefix ? findSysPrefix(surroundings) : undefined);
  if (prefix === undefined) return join(resolve(jupyterDataDir(surroundings)), "kernels");
  return join(resolve(prefix), "share", "jupyter", "kernels");
}

function here(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() };
}
