import Fastify, { type FastifyInstance } from "fastify";
import { classifyFailure, collectResult, type QueryOptions, query, ResultError } from "../../src/index.js";

/** What the service answers with when a question fails. */
const statuses: Readonly<Record<string, number>> = {
  rate_limit: 429,
  overloaded: 503,
  connection: 502,
  timeout: 504,
};

/** An HTTP service: `POST /ask {"prompt": "…"}` answers `{"answer", "session", "costUsd"}`. A client that leaves ends its turn. */
export function createService(options: QueryOptions = {}): FastifyInstance {
  const service = Fastify();
  const body = {
    type: "object",
    required: ["prompt"],
    properties: { prompt: { type: "string", minLength: 1 } },
  };
  service.post<{ Body: { prompt: string } }>("/ask", { schema: { body } }, async (request, reply) => {
    const left = new AbortController();
    reply.raw.once("close", () => left.abort());
    try {
      const turn = query(request.body.prompt, { retry: true, ...options, abortSignal: left.signal });
      const { result, session_id, total_cost_usd } = await collectResult(turn);
      return { answer: result, session: session_id, costUsd: total_cost_usd };
    } catch (error) {
      const { kind } = classifyFailure(error instanceof ResultError ? error.result : error);
      return reply.code(statuses[kind] ?? 500).send({ error: kind });
    }
  });
  return service;
}
