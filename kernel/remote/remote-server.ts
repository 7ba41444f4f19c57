import type { KernelSpec, ServerConnection } from "@jupyterlab/services";
import { quietServices } from "../notebook/quiet-services.js";
import type { ServerAddress } from "./server-address.js";
import { toServerError } from "./server-error.js";
import { createServerSettings } from "./server-settings.js";

/** One Jupyter server: what it has, and kernels on it. */
export interface RemoteServer extends ServerAddress {
  /** @throws HostError that says why not, also when `signal` ends the wait. */
  kernelSpecs(signal?: AbortSignal): Promise<KernelSpec.ISpecModels>;
  /**
   * @param path folder that the kernel works in, relative to the server's own; a server without it takes the nearest above.
   * @returns the kernel's id.
   * @throws HostError `kernel-not-started`, `server-full`, `server-unreachable`, …
   */
  startKernel(name: string, path: string): Promise<string>;
  /** Ends a kernel; one that is not there is no error. @throws HostError */
  endKernel(id: string): Promise<void>;
}

type Services = typeof import("@jupyterlab/services");

export function createRemoteServer(address: ServerAddress): RemoteServer {
  const { baseUrl } = address;
  const ask = async <T>(
    whatFailed: string,
    request: (services: Services, settings: ServerConnection.ISettings) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => {
    const [services, settings] = await Promise.all([
      import("@jupyterlab/services"),
      createServerSettings(address, signal),
    ]);
    const unquiet = quietServices();
    try {
      return await request(services, settings);
    } catch (error) {
      throw toServerError(error, { baseUrl, whatFailed, errors: services.ServerConnection });
    } finally {
      unquiet();
    }
  };
  return {
    ...address,
    kernelSpecs: (signal) =>
      ask(
        "it could not list its kernels",
        ({ KernelSpecAPI }, settings) => KernelSpecAPI.getSpecs(settings),
        signal,
      ),
    startKernel: (name, path) =>
      ask("it could not start a kernel", async ({ KernelAPI }, settings) => {
        // The library's type knows the name alone; jupyter_server and the gateways take `path`, gateways `env`.
        const options = { name, path, ...kernelVariables() } as Parameters<typeof KernelAPI.startNew>[0];
        return (await KernelAPI.startNew(options, settings)).id;
      }),
    endKernel: (id) =>
      ask("it could not end a kernel", ({ KernelAPI }, settings) => KernelAPI.shutdownKernel(id, settings)),
  };
}

/**
 * The variables for gateways, as Jupyter's own gateway client sends them. None at all where there are none: a kernel that comes
 * with some gets no others of the gateway's but PATH and those that it is configured to hand on.
 */
function kernelVariables(): { env?: Record<string, string | undefined> } {
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith("KERNEL_"));
  return variables.length === 0 ? {} : { env: Object.fromEntries(variables) };
}
