import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isResultMessage } from "../messages/guards.js";
import type { Message } from "../messages/types.js";
import { createEventStream } from "./event-stream.js";
import type { ServerMessage } from "./protocol.js";
import type { ServerContext } from "./server-context.js";
import { type ErrorData, ServerError } from "./server-error.js";
import { type QuerySink, type ServerQuery, startServerQuery } from "./server-query.js";

const body = z.strictObject({
  prompt: z.string().min(1, "must not be empty"),
  options: z.unknown().optional(),
});

/** The one query of a request has this id. */
const QUERY_ID = "query";

/**
 * `POST /query`: one query. The answer is JSON, or server-sent events where the client accepts these or sets `stream`.
 * Nobody can be asked for permission: what no rule allows is denied. A client that goes away ends its query.
 */
export async function answerQuery(
  request: FastifyRequest,
  reply: FastifyReply,
  context: ServerContext,
): Promise<void> {
  const { prompt, options } = readBody(request.body);
  const wantsStream =
    (options as { stream?: unknown } | undefined)?.stream === true ||
    /\btext\/event-stream\b/.test(request.headers.accept ?? "");
  const answered = new Promise<void>((resolve) => reply.raw.once("close", resolve));
  context.answers.add(answered);
  void answered.then(() => context.answers.delete(answered));
  const start = async (sink: Omit<QuerySink, "ask">): Promise<ServerQuery> => {
    const asked = { id: QUERY_ID, prompt, options, remoteAddress: request.ip };
    const query = await startServerQuery(asked, { ...sink, ask: undefined }, context);
    if (reply.raw.destroyed) await query.end();
    else reply.raw.once("close", () => void query.end());
    return query;
  };

  if (wantsStream) {
    const stream = createEventStream(context.limits.stallMs);
    const query = await start({ emit: stream.write, room: stream.room });
    void query.done.finally(stream.end);
    await reply.header("cache-control", "no-store").type("text/event-stream").send(stream.readable);
    return;
  }
  const messages: ServerMessage[] = [];
  const query = await start({ emit: (message) => messages.push(message), room: async () => {} });
  await query.done;
  const failure = messages.find(({ type }) => type === "error")?.data as ErrorData | undefined;
  if (failure) {
    await reply.code(failure.code === "queue_full" ? 503 : 502).send(failure);
    return;
  }
  await reply.send(answerOf(messages));
}

function readBody(given: unknown): z.output<typeof body> {
  const checked = body.safeParse(given);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  const where = issue.path.length > 0 ? `\`${issue.path.join(".")}\`: ` : "";
  throw new ServerError("bad_message", `The body must be { prompt, options }: ${where}${issue.message}.`);
}

/** The whole turn as one object. */
function answerOf(messages: readonly ServerMessage[]): object {
  const ofClaude = messages
    .filter(({ type }) => type.endsWith("_message"))
    .map(({ data }) => data as Message);
  const result = ofClaude.findLast(isResultMessage);
  const end = messages.at(-1)?.data as { outcome?: string; session_id?: string } | undefined;
  return {
    outcome: end?.outcome,
    session_id: end?.session_id,
    result: result?.result,
    is_error: result?.is_error ?? true,
    total_cost_usd: result?.total_cost_usd,
    usage: result?.usage,
    messages: ofClaude,
  };
}
