import type { FastifyInstance, FastifyReply } from "fastify";
import { answerQuery } from "./http-query.js";
import type { ServerContext } from "./server-context.js";
import { ServerError } from "./server-error.js";
import { pagePolicy } from "./server-page.js";
import type { SessionRegistry } from "./session-registry.js";

/** The routes beside the WebSocket. Those that tell or do something need the token, if there is one. */
export function addHttpRoutes(
  server: FastifyInstance,
  context: ServerContext,
  sessions: SessionRegistry,
  connectionCount: () => number,
): void {
  const { page } = context.options;
  const open = { config: { needsToken: false } };

  server.get("/health", open, async (_request, reply) => {
    const status = context.stopping ? "stopping" : "ok";
    await reply.code(context.stopping ? 503 : 200).send({ status });
  });
  server.get("/metrics", async (_request, reply) => {
    const text = context.metrics.text({
      claude_connections: connectionCount(),
      claude_queries_running: context.places.running,
      claude_queries_queued: context.places.queued,
      claude_clients_away: sessions.awayCount,
      process_resident_memory_bytes: process.memoryUsage.rss(),
    });
    await reply.type("text/plain; version=0.0.4; charset=utf-8").send(text);
  });
  server.post("/query", (request, reply) => answerQuery(request, reply, context));
  if (!page) return;
  server.get("/", open, async (request, reply) => {
    // Checked against the names of this server before.
    const policy = pagePolicy(request.headers.host ?? "");
    await reply.header("content-security-policy", policy).type("text/html; charset=utf-8").send(page.html);
  });
  for (const [path, { type, body }] of Object.entries(page.files)) {
    server.get(path, open, async (_request, reply: FastifyReply) => {
      await reply.type(type).send(body);
    });
  }
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** False for what may be had without the token. */
    needsToken?: boolean;
  }
}

/** What Fastify itself refuses, as an error of ours. */
export function asServerError(error: { statusCode?: number; code?: string; message: string }): unknown {
  if (ServerError.isInstance(error)) return error;
  if (error.statusCode === 413) return new ServerError("too_large", error.message);
  if (error.statusCode !== undefined && error.statusCode < 500) {
    const reason = error.statusCode === 400 ? "bad_json" : "bad_message";
    return new ServerError(reason, error.message);
  }
  return error;
}
