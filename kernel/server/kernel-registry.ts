import { type HostedKernel, type KernelModel, startHostedKernel } from "./hosted-kernel.js";
import type { KernelLaunch } from "./kernel-process.js";

/** The kernels of one server. */
export interface KernelRegistry {
  /** Starts a kernel and waits until it is ready. @throws HostError `kernel-not-started`. */
  start(launch: KernelLaunch): Promise<KernelModel>;
  list(): KernelModel[];
  get(id: string): HostedKernel | undefined;
  /** Ends a kernel and forgets it. */
  shutdown(id: string): Promise<void>;
  /** Ends all, those too that are still starting; later starts are refused. */
  close(): Promise<void>;
}

export function createKernelRegistry(): KernelRegistry {
  const kernels = new Map<string, HostedKernel>();
  const starting = new Set<Promise<HostedKernel>>();
  const closing = new AbortController();

  const shutdown = async (id: string): Promise<void> => {
    await kernels.get(id)?.shutdown();
    kernels.delete(id);
  };

  return {
    start: async (launch) => {
      if (closing.signal.aborted) throw new Error("The server is closed.");
      const start = startHostedKernel({ ...launch, signal: closing.signal });
      starting.add(start);
      try {
        const kernel = await start;
        const model = kernel.model();
        kernels.set(model.id, kernel);
        return model;
      } finally {
        starting.delete(start);
      }
    },
    list: () => [...kernels.values()].map((kernel) => kernel.model()),
    get: (id) => kernels.get(id),
    shutdown,
    close: async () => {
      closing.abort();
      await Promise.allSettled(starting);
      await Promise.all([...kernels.keys()].map(shutdown));
    },
  };
}
