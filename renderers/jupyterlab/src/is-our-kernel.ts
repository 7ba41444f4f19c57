import type { Kernel } from "@jupyterlab/services";
import { KERNEL_IMPLEMENTATION } from "../../live/live-protocol.js";

/** Whether a kernel is ours, by what it says of itself; other kernels would log an error about a comm that they do not know. */
export async function isOurKernel(kernel: Kernel.IKernelConnection): Promise<boolean> {
  try {
    return (await kernel.info).implementation === KERNEL_IMPLEMENTATION;
  } catch {
    // It died before it could say.
    return false;
  }
}
