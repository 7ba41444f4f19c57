import type { KernelAddress } from "./kernel-session.js";

/** What a run says of the kernel that it wants. */
export interface KernelRequest {
  /** The notebook's file here, absolute. */
  readonly notebookPath: string;
  /** Variables for the kernel, where the source can set them. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the wait for a kernel. */
  readonly signal: AbortSignal | undefined;
  /** Told what the kernel's process writes past the notebook, where the source hears it. */
  readonly onKernelOutput: ((text: string) => void) | undefined;
}

/** A kernel for one run, ready for cells. */
export interface OpenKernel extends KernelAddress {
  /** Ends the kernel and all that was started for it. */
  close(): Promise<void>;
}

/** Where kernels come from: the embedded server, or servers elsewhere. */
export interface KernelSource {
  /**
   * Starts a kernel.
   * @returns undefined when the request's signal fires first; nothing is then left.
   * @throws HostError `kernel-not-started` or `server-unreachable`.
   */
  open(request: KernelRequest): Promise<OpenKernel | undefined>;
}
