import { join } from "node:path";
import { type JupyterServer, type ServerOptions, startServer } from "../../../kernel/server/start-server.js";

const fakeKernel = join(import.meta.dirname, "fixtures", "fake-kernel.mjs");

/** The command of the fake kernel: real sockets, cells that say in JSON what to do. */
export function fakeKernelArgv(connectionFile: string): string[] {
  return [process.execPath, fakeKernel, connectionFile];
}

/** Our server with fake kernels. */
export function startFakeServer(options: ServerOptions = {}): Promise<JupyterServer> {
  return startServer({ kernelArgv: fakeKernelArgv, onKernelOutput: () => {}, ...options });
}
