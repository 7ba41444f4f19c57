import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { SpawnedProcess, SpawnOptions } from "./spawned-process.js";
import type { UserIds } from "./user-ids.js";

/** A process of this computer, with pipes to its three streams. */
export type LocalProcess = ChildProcess & SpawnedProcess & { readonly pid: number };

/**
 * Starts a program of this computer.
 *
 * @param user who it runs as; this process's user without it.
 * @throws the system's error when it cannot be started.
 */
export async function spawnProgram(
  options: Omit<SpawnOptions, "signal">,
  user: UserIds | undefined,
): Promise<LocalProcess> {
  const { command, args, cwd } = options;
  const env = { ...options.env };
  if (process.platform === "win32") return spawnOnWindows(options);
  const child = spawn(command, args, { cwd, env, ...user });
  if (child.pid === undefined) throw (await once(child, "error"))[0];
  return child as LocalProcess;
}

/**
 * Node cannot start a `.cmd`, as npm installs programs there, with arguments that arrive as they are; execa can. Elsewhere
 * it would do what Node does, and loading it takes as long as loading this SDK.
 */
async function spawnOnWindows({
  command,
  args,
  cwd,
  env,
}: Omit<SpawnOptions, "signal">): Promise<LocalProcess> {
  const { execa } = await import("execa");
  const child = execa(command, args, {
    cwd,
    env: { ...env },
    extendEnv: false,
    buffer: false,
    reject: false,
    cleanup: false,
    windowsHide: true,
  });
  if (child.pid === undefined) throw (await child).cause;
  return child as unknown as LocalProcess;
}
