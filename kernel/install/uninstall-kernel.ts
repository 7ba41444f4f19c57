import { lstat, rm } from "node:fs/promises";
import { describeSystemError, systemErrorCode } from "../../src/system-error.js";
import { HostError } from "../host-error.js";
import { type InstallTarget, kernelFolder } from "./kernel-folder.js";
import { refuseForeign } from "./refuse-foreign.js";

/**
 * Removes our kernelspec from the chosen place; where there is none, nothing happens.
 * @returns the folder, and whether it was there.
 * @throws HostError `install-target` when it cannot be removed or is another kernel.
 */
export async function uninstallKernel(
  target: InstallTarget = {},
): Promise<{ folder: string; removed: boolean }> {
  const folder = kernelFolder(target);
  await refuseForeign(folder);
  try {
    await lstat(folder);
    await rm(folder, { recursive: true });
    return { folder, removed: true };
  } catch (cause) {
    if (systemErrorCode(cause) === "ENOENT") return { folder, removed: false };
    throw new HostError("install-target", `Cannot remove ${folder}: ${describeSystemError(cause)}.`, {
      cause,
    });
  }
}
