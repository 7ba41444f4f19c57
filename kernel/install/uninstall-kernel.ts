import { lstat, rm } from "node:fs/promises";
import { describeSystemError, systemErrorCode } from "../../src/system-error.js";
import { HostError } from "../host-error.js";
import { type InstallTarget, kernelFolder } from "./kernel-folder.js";
import { uninstallLabExtension } from "./lab-extension.js";
import { refuseForeign } from "./refuse-foreign.js";

/**
 * Removes our kernelspec from the chosen place, and with the last one there the extension of JupyterLab; where there is none,
 * nothing happens.
 * @returns the folder, and whether it was there.
 * @throws HostError `install-target` when it cannot be removed or is another kernel.
 */
export async function uninstallKernel(
  target: InstallTarget = {},
): Promise<{ folder: string; removed: boolean }> {
  const folder = kernelFolder(target);
  await refuseForeign(folder);
  try {
    const removed = await lstat(folder).then(
      () => true,
      (cause: unknown) => {
        if (systemErrorCode(cause) === "ENOENT") return false;
        throw cause;
      },
    );
    if (removed) await rm(folder, { recursive: true });
    await uninstallLabExtension(folder);
    return { folder, removed };
  } catch (cause) {
    throw new HostError("install-target", `Cannot remove ${folder}: ${describeSystemError(cause)}.`, {
      cause,
    });
  }
}
