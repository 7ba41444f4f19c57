import { dirname } from "node:path";
import type { KernelSource } from "./kernel-source.js";
import { orAborted } from "./or-aborted.js";

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
