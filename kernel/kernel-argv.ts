import { existsSync } from "node:fs";
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

/** Tells main.js that its descriptors are as {@link PIPE_OUTPUT} makes them. */
export const PIPED_OUTPUT_FLAG = "--piped-output";

/**
 * Descriptors of a kernel with piped output: the log it was started with, where it reads what is written to 1 and 2, and a
 * file for what it has taken from 2 and may not live to pass on.
 */
export const pipedOutput = { journal: 3, log: 7, stdout: 8, stderr: 9 } as const;

/**
 * Makes descriptors 1 and 2 pipes that the kernel itself reads, so that what child processes and native code write there
 * reaches the cell. Node has no dup2, a shell does: it costs 4 ms. Without room for temporary files the kernel starts all
 * the same, and such output goes to the log.
 *
 * What V8 writes when it dies would end with the pipe. So a shell waits until nobody holds the third pipe any more, which the
 * kernel alone does, and passes on to the log what the kernel was taking from the second, and what is left in it.
 */
const PIPE_OUTPUT = [
  // Who is told to end here takes the folder with it; `exec` sets the traps back.
  `trap 'rm -rf "$d"; trap - TERM; kill "$$"' HUP INT TERM`,
  'd=$(mktemp -d) && mkfifo "$d/1" "$d/2" "$d/3" || exec "$@"',
  'exec 3<>"$d/journal" 7>&2 8<>"$d/1" 9<>"$d/2" 6<>"$d/3" 5<"$d/2" 4<"$d/3" 1>"$d/1" 2>"$d/2"',
  'rm -r "$d"',
  `(trap "" HUP INT QUIT TERM; read -r _ <&4; cat <&3 >&7; exec cat <&5 >&7) 1>&7 2>&7 6<&- 8<&- 9<&- &`,
  `exec "$@" ${PIPED_OUTPUT_FLAG} 4<&- 5<&-`,
].join("\n");

const SHELL = "/bin/sh";

/** Where a kernel's parts are. */
export interface KernelPlace {
  /** The program that runs it. @defaultValue the running Node */
  readonly node?: string;
  /** The folder of this package. @defaultValue this one */
  readonly root?: string;
  /** Whether there is a POSIX shell. @defaultValue whether there is one here */
  readonly hasShell?: boolean;
}

/**
 * The command that runs the kernel with a connection file: absolute paths, so that it works from any folder and PATH.
 *
 * @param connectionFile a path, or `{connection_file}` for a kernelspec.
 * @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 */
export function kernelArgv(connectionFile: string, place: KernelPlace = {}): string[] {
  const { node = process.execPath, root = packageRoot } = place;
  const { hasShell = process.platform !== "win32" && existsSync(SHELL) } = place;
  const command = [node, ...KERNEL_NODE_FLAGS, join(root, "dist", "kernel", "main.js"), connectionFile];
  return hasShell ? [SHELL, "-c", PIPE_OUTPUT, "claude-notebook", ...command] : command;
}
