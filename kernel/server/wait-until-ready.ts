import { HostError } from "../host-error.js";
import type { KernelLink } from "./kernel-link.js";
import type { KernelProcess } from "./kernel-process.js";

/** A kernel process and our connection to it. */
export interface LiveKernel {
  readonly process: KernelProcess;
  readonly link: KernelLink;
}

/** How long a kernel may take until it answers, in ms: a cold disk on a loaded machine. */
const START_MS = 60_000;

/** Pause between two questions whether the kernel is there, in ms. */
const PROBE_MS = 250;

/**
 * Waits until the kernel answers and its iopub messages reach us (`isHeard`): only then no output can be lost.
 * @throws HostError `kernel-not-started` when it ends, stays silent or is given up by `signal`.
 */
export async function waitUntilReady(
  { process, link }: LiveKernel,
  isHeard: () => boolean,
  signal?: AbortSignal,
): Promise<void> {
  let over = false;
  const ended = process.exited.then(({ reason, output }) => {
    if (!over) throw notStarted(`ended with ${reason} before it answered`, output);
  });
  const answered = async (): Promise<void> => {
    const deadline = Date.now() + START_MS;
    for (let isKnown = false; !over && !(isKnown && isHeard()); ) {
      if (signal?.aborted) throw notStarted("was ended while it started", "");
      if (Date.now() > deadline) throw notStarted(`did not answer within ${START_MS / 1000} s`, "");
      const reply = await link.request("kernel_info_request", {}, PROBE_MS);
      isKnown ||= reply !== undefined;
      if (isKnown && !isHeard()) await new Promise((resolve) => setTimeout(resolve, PROBE_MS / 10));
    }
  };
  try {
    await Promise.race([ended, answered()]);
  } finally {
    over = true;
  }
}

function notStarted(what: string, output: string): HostError {
  return new HostError("kernel-not-started", `The kernel ${what}.`, {
    hints: output === "" ? [] : [`It wrote: ${output}`],
  });
}
