import { dirname } from "node:path";
import type { KernelSource } from "./kernel-source.js";

/** Kernels on this machine, each on a server of its own on loopback; they work in the notebook's folder. */
export const embeddedKernelSource: KernelSource = {
  open: async ({ notebookPath, env, signal, onKernelOutput }) => {
    // Here, not at the top: exporting a notebook as it stands needs neither ZeroMQ nor a web server.
    const { startServer } = await import("../server/start-server.js");
    const cwd = dirname(notebookPath);
    const server = await startServer({ rootDir: cwd, onKernelOutput });
    try {
      const kernel = await orAborted(server.startKernel({ cwd, env }), signal);
      if (kernel !== undefined)
        return { baseUrl: server.baseUrl, token: server.token, kernel, close: () => server.close() };
    } catch (error) {
      await server.close();
      throw error;
    }
    await server.close();
    return undefined;
  },
};

/** Undefined when `signal` fires first; what was asked for is then ended with the server. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (signal === undefined) return promise;
  let stop = (): void => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
    promise.catch(() => {});
  }
}
