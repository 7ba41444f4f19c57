import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import { KERNEL_NAME } from "../kernel-name.js";
import type { RouteContext } from "./api-routes.js";
import { connectSocket } from "./client-socket.js";
import type { HostedKernel } from "./hosted-kernel.js";

type ById = { Params: { id: string } };

/** What a client may say of a kernel that it starts; anything else (`env`, `argv`, …) is not listened to. */
const startBody = z.object({ name: z.string().optional(), path: z.string().optional() }).nullish();

/** Longest session id taken from a client: ZeroMQ's limit for an address is 255 bytes. */
const MAX_SESSION_CHARACTERS = 100;

/** Starting, ending and reaching kernels. @see https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html */
export function addKernelRoutes(server: FastifyInstance, { kernels, start }: RouteContext): void {
  server.get("/api/kernels", () => kernels.list());

  server.post("/api/kernels", async (request, reply) => {
    const body = startBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ message: z.prettifyError(body.error) });
    const { name = KERNEL_NAME, path = "" } = body.data ?? {};
    if (name !== KERNEL_NAME) return reply.code(501).send({ message: `There is no kernel named ${name}.` });
    const model = await start(path);
    if (model === undefined) {
      return reply.code(400).send({ message: `The path ${path} leads out of the server's folder.` });
    }
    return reply.code(201).header("Location", `/api/kernels/${model.id}`).send(model);
  });

  server.get<ById>(
    "/api/kernels/:id",
    withKernel((kernel) => kernel.model()),
  );

  server.delete<ById>(
    "/api/kernels/:id",
    withKernel(async (_kernel, reply, id) => {
      await kernels.shutdown(id);
      return reply.code(204).send();
    }),
  );

  server.post<ById>(
    "/api/kernels/:id/interrupt",
    withKernel(async (kernel, reply) => {
      await kernel.interrupt();
      return reply.code(204).send();
    }),
  );

  server.post<ById>(
    "/api/kernels/:id/restart",
    withKernel(async (kernel) => {
      await kernel.restart();
      return kernel.model();
    }),
  );

  server.get<ById & { Querystring: { session_id?: string } }>(
    "/api/kernels/:id/channels",
    {
      websocket: true,
      // Before the upgrade, so that an unknown kernel is a plain 404.
      preValidation: withKernel(async () => undefined),
    },
    (socket, request) => {
      const session = request.query.session_id?.slice(0, MAX_SESSION_CHARACTERS) || randomUUID();
      const kernel = kernels.get(request.params.id);
      if (kernel === undefined) socket.close();
      else connectSocket(socket, session, kernel);
    },
  );

  /** A handler for a kernel that exists; else the answer is 404. */
  function withKernel<T>(handle: (kernel: HostedKernel, reply: FastifyReply, id: string) => T) {
    return async (request: FastifyRequest<ById>, reply: FastifyReply): Promise<unknown> => {
      const { id } = request.params;
      const kernel = kernels.get(id);
      if (kernel !== undefined) return handle(kernel, reply, id);
      return reply.code(404).send({ message: `There is no kernel ${id}.` });
    };
  }
}
