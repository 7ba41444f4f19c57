import childProcess, { type ChildProcess, type SpawnOptions } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { API } from "typescript/unstable/sync";
import { compilerPath } from "./compiler-path.js";
import { endWithKernel } from "./end-with-kernel.js";

/** The compiler's process and the API that talks to it. */
export interface NativeApi {
  readonly api: API;
  readonly child: ChildProcess;
}

/** What is asked before the disk; undefined leaves it to the disk. */
export interface VirtualFiles {
  readFile(file: string): string | undefined;
  fileExists?(file: string): boolean | undefined;
}

type Spawn = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

/**
 * Starts the native compiler. It asks `readFile` for each file, which knows the virtual ones; with other callbacks of
 * the file system too a cell with an import takes 107 ms in place of 13.
 *
 * @throws when the package for this platform is missing or does not start.
 */
export function startApi(folder: string, fs: VirtualFiles): NativeApi {
  let child: ChildProcess | undefined;
  const { spawn } = childProcess as { spawn: Spawn };
  // A SIGINT to the kernel's process group would leave the compiler hanging, and us with it: it gets a group of its own.
  const spawnApart: Spawn = (command, args, options) => {
    child = spawn(command, args, {
      ...options,
      stdio: [...(options.stdio as ("pipe" | "ignore")[]).slice(0, 2), "ignore"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    // A process that cannot be started must not end ours: the first request fails and says so.
    child.on("error", () => {});
    return child;
  };
  Object.assign(childProcess, { spawn: spawnApart });
  syncBuiltinESMExports();
  let api: API;
  try {
    api = new API({ cwd: folder, fs, tsserverPath: compilerPath() });
  } finally {
    Object.assign(childProcess, { spawn });
    syncBuiltinESMExports();
  }
  if (!child?.pid) throw new Error("The native compiler did not start.");
  endWithKernel(child);
  return { api, child };
}
