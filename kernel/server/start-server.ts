import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import websocket from "@fastify/websocket";
import fastify from "fastify";
import { kernelArgv } from "../kernel-argv.js";
import { packageRoot } from "../package-root.js";
import { checkAccess } from "./access.js";
import { addApiRoutes, type RouteContext } from "./api-routes.js";
import type { KernelModel } from "./hosted-kernel.js";
import type { KernelLaunch } from "./kernel-process.js";
import { createKernelRegistry } from "./kernel-registry.js";
import { addKernelRoutes } from "./kernel-routes.js";
import { resolveKernelCwd } from "./resolve-kernel-cwd.js";
import { V1_PROTOCOL } from "./websocket-message.js";

/** How the embedded Jupyter server is started. */
export interface ServerOptions {
  /** The folder that a client's `path` is relative to, and beyond which none reaches. @defaultValue the working folder */
  readonly rootDir?: string | undefined;
  /** Variables for every kernel, beside those of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Told what kernels write past the notebook. @defaultValue it goes to stderr */
  readonly onKernelOutput?: ((text: string) => void) | undefined;
  /** For tests: the command of the kernel. @internal */
  readonly kernelArgv?: KernelLaunch["argv"] | undefined;
}

/** How a kernel is started from our own code; a client over HTTP cannot say these things. */
export interface StartKernelOptions {
  /** @defaultValue the server's root */
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly onOutput?: ((text: string) => void) | undefined;
}

/** A Jupyter server for kernels, on the loopback interface. */
export interface JupyterServer {
  /** `http://127.0.0.1:PORT/` */
  readonly baseUrl: string;
  /** What a client must know to be let in. */
  readonly token: string;
  /** Starts a kernel and waits until it is ready. @throws HostError `kernel-not-started`. */
  startKernel(options?: StartKernelOptions): Promise<KernelModel>;
  /** Ends the kernels and the server; no process and no file is left. */
  close(): Promise<void>;
}

/** Bytes of the token: too many to guess. */
const TOKEN_BYTES = 32;

/** The largest message of a client, in bytes; the widgets of JupyterLab send buffers. */
const MAX_MESSAGE_BYTES = 512 * 1024 * 1024;

/**
 * Starts a Jupyter server with our kernel on 127.0.0.1, on a port that the system chooses. `@jupyterlab/services` and
 * other Jupyter clients can drive it; web pages cannot.
 */
export async function startServer(options: ServerOptions = {}): Promise<JupyterServer> {
  const rootDir = resolve(options.rootDir ?? ".");
  const token = randomBytes(TOKEN_BYTES).toString("hex");
  const kernels = createKernelRegistry();
  const startKernel: JupyterServer["startKernel"] = ({ cwd = rootDir, env, onOutput } = {}) =>
    kernels.start({
      argv: options.kernelArgv ?? kernelArgv,
      cwd,
      env: { ...options.env, ...env },
      onOutput: onOutput ?? options.onKernelOutput ?? ((text) => process.stderr.write(text)),
    });
  const context: RouteContext = {
    kernels,
    version: await packageVersion(),
    start: async (path) => {
      const cwd = await resolveKernelCwd(rootDir, path);
      return cwd === undefined ? undefined : startKernel({ cwd });
    },
  };

  const server = fastify({ forceCloseConnections: true });
  let port = 0;
  await server.register(websocket, {
    options: {
      maxPayload: MAX_MESSAGE_BYTES,
      handleProtocols: (offered) => (offered.has(V1_PROTOCOL) ? V1_PROTOCOL : false),
    },
  });
  // Clients send JSON as text/plain and empty bodies as JSON; the token, not the content type, keeps pages out.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, body === "" ? undefined : JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error("The body is not JSON."), { statusCode: 400 }));
    }
  });
  server.addHook("onRequest", async (request, reply) => {
    const refusal = checkAccess(request, token, port);
    if (refusal !== undefined) await reply.code(refusal.status).send({ message: refusal.message });
  });
  server.setErrorHandler<Error & { statusCode?: number; hints?: readonly string[] }>(
    (error, _request, reply) => {
      const message = [error.message, ...(error.hints ?? [])].join("\n");
      return reply.code(error.statusCode ?? 500).send({ message });
    },
  );
  addApiRoutes(server, context);
  addKernelRoutes(server, context);
  await server.listen({ host: "127.0.0.1", port: 0 });
  port = (server.server.address() as AddressInfo).port;

  return {
    baseUrl: `http://127.0.0.1:${port}/`,
    token,
    startKernel,
    close: async () => {
      await kernels.close();
      await server.close();
    },
  };
}

async function packageVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
