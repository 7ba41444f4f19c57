import { join } from "node:path";
import { packageRoot } from "./package-root.js";

/**
 * Flags the kernel needs of Node.
 * - `--no-force-async-hooks-checks`: an interrupt ends JavaScript anywhere, which unbalances the stack of async ids; with
 *   the check on, Node 20 and 22 would abort the process for it.
 * - `--experimental-import-meta-resolve`: lets `import.meta.resolve` take the notebook's folder as the place to look from.
 */
export const KERNEL_NODE_FLAGS = [
  "--no-force-async-hooks-checks",
  "--experimental-import-meta-resolve",
] as const;

/**
 * The command that runs the kernel with a connection file: absolute paths, so that it works from any folder and PATH.
 *
 * @param connectionFile a path, or `{connection_file}` for a kernelspec.
 * @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 */
export function kernelArgv(connectionFile: string): string[] {
  return [
    process.execPath,
    ...KERNEL_NODE_FLAGS,
    join(packageRoot, "dist", "kernel", "main.js"),
    connectionFile,
  ];
}
