import type { CanUseTool } from "../control/permissions.js";
import { isAborted } from "../errors.js";
import { QueueFullError } from "../limit/limiter.js";
import { isResultMessage } from "../messages/guards.js";
import { paidCost } from "../messages/paid-cost.js";
import type { Message, ResultMessage } from "../messages/types.js";
import type { QueryOptions } from "../options/types.js";
import { clientQueryOptions } from "./client-options.js";
import { type RunningTurn, sessionOf } from "./conversation-store.js";
import { folderFence } from "./folder-fence.js";
import type { ServerMessage } from "./protocol.js";
import type { Ending, ServerContext } from "./server-context.js";
import { errorData, ServerError } from "./server-error.js";

/** What a client asks. */
export interface QueryRequest {
  /** Its id for the client. */
  readonly id: string;
  readonly prompt: string;
  /** As the client sent them. */
  readonly options: unknown;
  /** The session to go on with; undefined for a new one or one that the options name. */
  readonly sessionId?: string | undefined;
  /** For the rate limit. */
  readonly remoteAddress: string;
}

/** Who takes what comes of a query. */
export interface QuerySink {
  emit(message: ServerMessage): void;
  /** Waited for before the next message is read: a slow client slows its own Claude. */
  room(): Promise<void>;
  /** Answers the questions about tools; undefined where nobody can be asked. */
  readonly ask: CanUseTool | undefined;
}

/** A query of a client, waiting or running. */
export interface ServerQuery {
  readonly id: string;
  /** Lets Claude stop; ends it if it does not. */
  interrupt(): void;
  /** Ends it at once; resolves when no process of it is left. */
  end(): Promise<void>;
  /** Resolves when `query_end` has been sent. */
  readonly done: Promise<void>;
}

type Outcome = "success" | "error_result" | "interrupted" | "ended" | "failed";

/** How long Claude may take to stop when it is interrupted, in ms. */
const INTERRUPT_PATIENCE_MS = 5_000;

const NOBODY = "Nobody can be asked for permission over this connection.";

/**
 * Begins a query of a client.
 *
 * @throws ServerError at once when the query may not run: its options, the rate, a session that is not the server's.
 */
export async function startServerQuery(
  request: QueryRequest,
  sink: QuerySink,
  context: ServerContext,
): Promise<ServerQuery> {
  const stop = new AbortController();
  const starting = beginQuery(request, sink, context, stop);
  // Known from now on to whoever closes the server: what it waits for may take a while.
  const entry: Ending = {
    async end() {
      stop.abort();
      await starting.then(({ done }) => done).catch(() => {});
    },
  };
  context.queries.add(entry);
  const forget = (): void => void context.queries.delete(entry);
  try {
    const query = await starting;
    void query.done.finally(forget).catch(() => {});
    return query;
  } catch (error) {
    forget();
    throw error;
  }
}

async function beginQuery(
  request: QueryRequest,
  sink: QuerySink,
  context: ServerContext,
  stop: AbortController,
): Promise<ServerQuery> {
  if (context.stopping) throw new ServerError("shutting_down", "The server is shutting down.");
  if (!context.queryRate.take(request.remoteAddress)) {
    throw new ServerError("rate_limited", "There were too many queries; wait a moment.");
  }
  const { resume, ...options } = await queryOptions(request, sink, context, stop.signal);
  const leaveSession = resume === undefined ? () => {} : enterSession(resume, context.busySessions);
  let running: RunningTurn | undefined;
  let interrupted = false;

  const done = run().finally(leaveSession);
  return {
    id: request.id,
    done,
    interrupt() {
      interrupted = true;
      const end = (): void => stop.abort();
      if (!running?.interrupt) {
        end();
        return;
      }
      const timer = setTimeout(end, INTERRUPT_PATIENCE_MS);
      void done.finally(() => clearTimeout(timer));
      running.interrupt().catch(end);
    },
    async end() {
      stop.abort();
      await done;
    },
  };

  async function run(): Promise<void> {
    const startedAt = performance.now();
    const messages: Message[] = [];
    let outcome: Outcome = "failed";
    let leave = (): void => {};
    try {
      leave = await takePlace();
      emit("query_start", { prompt: request.prompt });
      outcome = await read(messages);
    } catch (error) {
      if (stop.signal.aborted || isAborted(error)) outcome = "ended";
      else fail(error);
    } finally {
      leave();
    }
    if (interrupted) outcome = "interrupted";
    const sessionId = running?.sessionId ?? sessionOf(messages);
    note(outcome, messages, (performance.now() - startedAt) / 1000);
    if (interrupted) emit("query_interrupted", undefined);
    emit("query_end", { outcome, session_id: sessionId });
  }

  async function takePlace(): Promise<() => void> {
    const entering = context.places.enter(stop.signal).catch((error: unknown) => {
      if (!(error instanceof QueueFullError)) throw error;
      throw new ServerError("queue_full", "Too many queries wait already; try again later.");
    });
    if (context.places.queued > 0) emit("query_queued", { waiting: context.places.queued });
    return entering;
  }

  async function read(messages: Message[]): Promise<Outcome> {
    let result: ResultMessage | undefined;
    stop.signal.throwIfAborted();
    running = context.conversations.ask(request.prompt, options, resume);
    for await (const message of running) {
      if (message.type !== "stream_event") messages.push(message);
      if (isResultMessage(message)) result = message;
      emit(message.type === "stream_event" ? message.type : `${message.type}_message`, message);
      await sink.room();
    }
    if (stop.signal.aborted) return "ended";
    return result && !result.is_error ? "success" : "error_result";
  }

  function emit(type: string, data: unknown): void {
    sink.emit({ type, id: request.id, ...(data !== undefined && { data }) });
  }

  function fail(error: unknown): void {
    const data = errorData(error);
    if (data.code === "internal_error") context.logger?.error({ err: error }, "A query failed.");
    context.metrics.count("claude_errors_total", 1, { code: data.code });
    emit("error", data);
  }

  function note(outcome: Outcome, messages: readonly Message[], seconds: number): void {
    const { metrics } = context;
    metrics.count("claude_queries_total", 1, { outcome });
    metrics.observeQuery(seconds);
    const result = messages.findLast(isResultMessage) as ResultMessage | undefined;
    metrics.count("claude_cost_usd_total", paidCost(result));
    metrics.count("claude_tokens_total", result?.usage?.input_tokens ?? 0, { kind: "input" });
    metrics.count("claude_tokens_total", result?.usage?.output_tokens ?? 0, { kind: "output" });
  }
}

/** @returns what lets others in again. @throws ServerError `session_busy` */
function enterSession(session: string, busy: Set<string>): () => void {
  // The same UUID in capitals is the same session.
  const key = session.toLowerCase();
  if (busy.has(key)) {
    throw new ServerError("session_busy", `A query of the session ${session} is still running.`);
  }
  busy.add(key);
  return () => void busy.delete(key);
}

/** The client's options under the server's rules, and what the server adds. */
async function queryOptions(
  { options: given, sessionId }: QueryRequest,
  { ask }: QuerySink,
  { options: server, rules, conversations }: ServerContext,
  stop: AbortSignal,
): Promise<QueryOptions> {
  const options = clientQueryOptions(given, rules);
  if (sessionId !== undefined && options.resume !== undefined) {
    const message = "A message `continue` names its session; the option `resume` cannot be there too.";
    throw new ServerError("option_refused", message, { facts: { option: "resume" } });
  }
  const resume = sessionId ?? options.resume;
  const base = server.queryOptions ?? {};
  return {
    // A rule of somebody's settings that allows a tool would allow it to every client, past the mode and the questions.
    settingSources: [],
    strictMcpConfig: true,
    tools: server.tools ?? rules.tools.filter((name) => !name.startsWith("mcp__")),
    ...options,
    ...(resume !== undefined && { resume, cwd: await folderOf(resume) }),
    ...(server.offeredTools && {
      mcpServers: {
        ...serversOf(base.mcpServers),
        [server.offeredTools.server.name]: server.offeredTools.server,
      },
    }),
    hooks: { ...base.hooks, PreToolUse: [...(base.hooks?.PreToolUse ?? []), folderFence(rules.folders)] },
    // `@/etc/passwd` in a prompt would else be read by the CLI itself, past all rules, hooks and questions.
    env: { ...base.env, CLAUDE_CODE_DISABLE_ATTACHMENTS: "1" },
    // A prompt that begins with a slash would else be a command: /config changes the user's settings, /heapdump writes a file.
    extraArgs: { ...base.extraArgs, "disable-slash-commands": null },
    abortSignal: base.abortSignal ? AbortSignal.any([base.abortSignal, stop]) : stop,
    canUseTool: base.canUseTool ?? ask ?? (() => ({ behavior: "deny", message: NOBODY })),
  };

  /** A session can only be resumed where it began, and only if it is one of the server's. */
  async function folderOf(session: string): Promise<string> {
    const place = await (conversations.place?.(session) ?? placeOfTurns(session));
    if (!place) {
      const message = `There is no session ${JSON.stringify(session)} of this server.`;
      throw new ServerError("unknown_session", message, { facts: { option: "resume" } });
    }
    return rules.folders.resolveCwd(place.cwd ?? (options.cwd as string));
  }

  async function placeOfTurns(session: string): Promise<{ readonly cwd?: string | undefined } | undefined> {
    const turns = await conversations.read(session);
    return turns && { cwd: turns.at(-1)?.cwd };
  }
}

function serversOf(servers: QueryOptions["mcpServers"]) {
  return typeof servers === "object" ? servers : {};
}
