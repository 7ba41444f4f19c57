import websocket from "@fastify/websocket";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { accessRules, checkAccess } from "./access.js";
import { serveConnection } from "./client-connection.js";
import type { ConnectionSet } from "./connection-set.js";
import { addHttpRoutes, asServerError } from "./http-routes.js";
import type { ServerContext } from "./server-context.js";
import { errorData, ServerError, type ServerErrorReason, statusOf } from "./server-error.js";
import type { SessionRegistry } from "./session-registry.js";
import { bearerToken, isSameToken } from "./token.js";

/** How long a client may take to send a request, in ms. */
const REQUEST_MS = 30_000;

/** Where WebSockets are opened; a client may say its token there in its first message. */
const SOCKET_PATH = "/ws";

/** Connections that have asked for nothing yet, or ask over HTTP, beside the WebSockets. */
const SPARE_CONNECTIONS = 256;

/**
 * The HTTP server with all routes; it does not listen yet.
 *
 * @param address where it listens, once it does.
 */
export async function createHttpServer(
  context: ServerContext,
  sessions: SessionRegistry,
  connections: ConnectionSet,
  address: () => { host: string; port: number } | undefined,
): Promise<FastifyInstance> {
  const { limits, options } = context;
  const server = fastify({
    bodyLimit: limits.maxMessageBytes,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: true,
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
  });
  server.server.maxConnections = limits.maxConnections + SPARE_CONNECTIONS;
  // What a form of another page can send is not read: only JSON is.
  server.removeContentTypeParser("text/plain");
  await server.register(websocket, {
    // Compression is off: a small frame cannot become a big one.
    options: { maxPayload: limits.maxMessageBytes, perMessageDeflate: false, maxFragments: 1_024 },
    errorHandler: (_error, socket) => socket.terminate(),
    // The connections are closed with a reason, by whoever closes the server.
    preClose: (done) => done(),
  });

  server.addHook("onRequest", async (request, reply) => {
    reply.headers({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    const { host, port } = address() ?? { host: "127.0.0.1", port: 0 };
    checkAccess(
      request.headers,
      accessRules(host, port, { hosts: options.allowedHosts ?? [], origins: options.allowedOrigins ?? [] }),
    );
    if ("token" in (request.query as object)) {
      throw new ServerError(
        "bad_message",
        "The token is never taken from the address, which ends up in logs and histories.",
        {
          hints: ['Send `Authorization: Bearer …`, or as the first message { type: "auth", token }.'],
        },
      );
    }
    // Left to itself, the plugin would open a WebSocket anywhere, for anybody, and close it again.
    if (request.ws && request.routeOptions.url !== SOCKET_PATH) throw noSocketHere();
    const needsToken = request.routeOptions.config.needsToken !== false && !request.ws;
    if (needsToken && !isKnown(request)) throw unauthorized();
  });
  server.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const told = asServerError(error);
    const data = errorData(told);
    if (data.code === "internal_error")
      context.logger?.error({ err: error, url: request.url }, "A request failed.");
    context.metrics.count("claude_errors_total", 1, { code: data.code });
    const status = ServerError.isInstance(error)
      ? statusOf(data.code as ServerErrorReason)
      : (error.statusCode ?? 500);
    await reply.code(status).send(data);
  });
  server.setNotFoundHandler(async (_request, reply) => {
    await reply.code(404).send({ code: "not_found", error: "There is no such address on this server." });
  });

  server.get(
    SOCKET_PATH,
    {
      websocket: true,
      preHandler: async (request) => {
        if (context.stopping) throw new ServerError("shutting_down", "The server is shutting down.");
        if (connections.size >= limits.maxConnections) {
          throw new ServerError("too_many_connections", "Too many clients are connected; try again later.");
        }
        if (request.headers.authorization !== undefined && !isKnown(request)) throw unauthorized();
      },
    },
    (socket, request) => {
      connections.add(socket);
      context.metrics.count("claude_connections_total");
      serveConnection(socket, request.ip, isKnown(request), context, sessions);
    },
  );
  addHttpRoutes(server, context, sessions, () => connections.size);
  return server;

  function isKnown(request: FastifyRequest): boolean {
    if (options.token === undefined) return true;
    const guess = bearerToken(request.headers.authorization);
    return guess !== undefined && isSameToken(guess, options.token);
  }
}

function noSocketHere(): ServerError {
  return new ServerError("not_found", `There is no WebSocket at this address; it is at ${SOCKET_PATH}.`);
}

function unauthorized(): ServerError {
  return new ServerError("unauthorized", "The token is missing or wrong.", {
    hints: ["Send it in the header `Authorization: Bearer …`."],
  });
}
