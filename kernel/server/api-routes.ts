import { readFile } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import { kernelSpec, logoFolder, logos } from "../install/kernel-spec.js";
import { KERNEL_NAME } from "../kernel-name.js";
import type { KernelRegistry } from "./kernel-registry.js";

/** What the routes of the server work with. */
export interface RouteContext {
  readonly kernels: KernelRegistry;
  readonly version: string;
  /** Starts a kernel for a client that named `path`; undefined when the path leads out of the root. */
  readonly start: (path: string) => Promise<{ readonly id: string } | undefined>;
}

const mediaTypes: Readonly<Record<string, string>> = { svg: "image/svg+xml", png: "image/png" };

/** What the server says of itself and of the one kernel that it offers. @see https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html */
export function addApiRoutes(server: FastifyInstance, { kernels, version }: RouteContext): void {
  const started = new Date().toISOString();
  const spec = {
    name: KERNEL_NAME,
    // No argv: how the kernel is started is no business of a client.
    spec: kernelSpec([]),
    resources: Object.fromEntries(
      logos.map((file) => [file.replace(/\.\w+$/, ""), `/kernelspecs/${KERNEL_NAME}/${file}`]),
    ),
  };

  server.get("/api", () => ({ version }));

  server.get("/api/status", () => {
    const models = kernels.list();
    return {
      started,
      last_activity: [started, ...models.map((model) => model.last_activity)].sort().at(-1),
      connections: models.reduce((sum, model) => sum + model.connections, 0),
      kernels: models.length,
    };
  });

  server.get("/api/kernelspecs", () => ({ default: KERNEL_NAME, kernelspecs: { [KERNEL_NAME]: spec } }));

  server.get<{ Params: { name: string } }>("/api/kernelspecs/:name", (request, reply) => {
    if (request.params.name === KERNEL_NAME) return reply.send(spec);
    return reply.code(404).send({ message: `There is no kernelspec ${request.params.name}.` });
  });

  for (const logo of logos) {
    server.get(`/kernelspecs/${KERNEL_NAME}/${logo}`, async (_request, reply) => {
      reply.type(mediaTypes[logo.split(".").at(-1)!]!);
      return readFile(new URL(logo, logoFolder));
    });
  }
}
