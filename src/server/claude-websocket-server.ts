import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { createLimiter } from "../limit/limiter.js";
import { isLoopback } from "./access.js";
import { allowedFolders } from "./allowed-folders.js";
import { createConnectionSet } from "./connection-set.js";
import { memoryConversations } from "./conversation-store.js";
import { createHistoryPlaces } from "./history-desk.js";
import { createHttpServer } from "./http-server.js";
import { createMetrics } from "./metrics.js";
import { createRateLimits } from "./rate-limit.js";
import type { ServerContext } from "./server-context.js";
import { ServerError } from "./server-error.js";
import {
  type ClaudeWebSocketServerOptions,
  defaultAllowedTools,
  defaultLimits,
  defaultTools,
} from "./server-options.js";
import { createSessionRegistry, type SessionRegistry } from "./session-registry.js";

export interface ServerAddress {
  /** @defaultValue "127.0.0.1" */
  readonly host?: string | undefined;
  /** 0 for one that the system chooses. @defaultValue 8000 */
  readonly port?: number | undefined;
}

/** Characters of a token: too many to guess. */
const MIN_TOKEN_LENGTH = 16;

/** How long clients may take to read the ends of their answers when the server is shut down, in ms. */
const ANSWER_PATIENCE_MS = 1_000;

/** How often it is looked whether the last query has ended, in ms. */
const SHUTDOWN_POLL_MS = 20;

/**
 * Claude over WebSockets and HTTP, for pages and programs. Clients choose from an allowlist of options, inside the folders,
 * tools and permission mode that the server was given.
 *
 * @example
 *     const server = new ClaudeWebSocketServer({ allowedFolders: ["./project"] });
 *     await server.run({ port: 8000 }); // ws://127.0.0.1:8000/ws
 */
export class ClaudeWebSocketServer implements AsyncDisposable {
  readonly #context: ServerContext;
  readonly #sessions: SessionRegistry;
  readonly #connections = createConnectionSet();
  #http: FastifyInstance | undefined;
  #address: { host: string; port: number } | undefined;
  #closing: Promise<void> | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  /** @throws ServerError `start_failed` when an allowed folder does not exist. */
  constructor(options: ClaudeWebSocketServerOptions = {}) {
    const limits = { ...defaultLimits, ...options.limits };
    const offered = options.offeredTools;
    const offeredNames = (offered?.list() ?? []).map(({ name }) => `mcp__${offered!.server.name}__${name}`);
    const tools = [...(options.tools ?? defaultTools), ...offeredNames];
    const allowed = options.allowedTools ?? defaultAllowedTools.filter((name) => tools.includes(name));
    this.#context = {
      options,
      limits,
      rules: {
        server: options,
        folders: allowedFolders(options.allowedFolders ?? []),
        tools,
        allowedTools: allowed,
      },
      places: createLimiter(limits),
      queries: new Set(),
      answers: new Set(),
      historyPlaces: createHistoryPlaces(),
      queryRate: createRateLimits(limits.queryRate),
      metrics: createMetrics(),
      conversations: options.conversations ?? memoryConversations(),
      busySessions: new Set(),
      logger: options.logger,
      stopping: false,
    };
    this.#sessions = createSessionRegistry(this.#context);
  }

  /**
   * Begins to listen. The server then runs until {@link ClaudeWebSocketServer.close}.
   *
   * @throws ServerError `token_needed` for an address that other machines can reach, without a token; `port_taken`;
   * `start_failed` when it cannot listen for another reason.
   */
  async run({ host = "127.0.0.1", port = 8000 }: ServerAddress = {}): Promise<this> {
    if (this.#http) throw new ServerError("start_failed", "This server runs already, or has been closed.");
    this.#requireToken(host);
    const http = await createHttpServer(
      this.#context,
      this.#sessions,
      this.#connections,
      () => this.#address,
    );
    this.#http = http;
    try {
      await http.listen({ host, port });
    } catch (error) {
      await http.close();
      throw listenError(error, host, port);
    }
    this.#address = { host, port: (http.server.address() as AddressInfo).port };
    this.#heartbeat = setInterval(() => {
      this.#connections.beat();
      this.#sessions.trim();
    }, this.#context.limits.heartbeatMs);
    this.#heartbeat.unref();
    return this;
  }

  /** `http://127.0.0.1:8000`; the WebSocket is at `/ws`. Undefined before it listens. */
  get url(): string | undefined {
    if (!this.#address) return undefined;
    const { host, port } = this.#address;
    return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  }

  /** The port it listens on; undefined before. */
  get port(): number | undefined {
    return this.#address?.port;
  }

  /**
   * Takes no more queries, lets those that run finish for a while, then ends them and all connections. No process is left.
   */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #end(): Promise<void> {
    const { queries, answers, limits } = this.#context;
    this.#context.stopping = true;
    for (let ms = 0; queries.size > 0 && ms < limits.shutdownMs; ms += SHUTDOWN_POLL_MS)
      await sleep(SHUTDOWN_POLL_MS);
    await Promise.all([this.#sessions.close(), ...[...queries].map((query) => query.end())]);
    await Promise.race([Promise.all(answers), sleep(ANSWER_PATIENCE_MS, undefined, { ref: false })]);
    clearInterval(this.#heartbeat);
    await this.#connections.close();
    await this.#http?.close();
  }

  #requireToken(host: string): void {
    const { token } = this.#context.options;
    const length = `at least ${MIN_TOKEN_LENGTH} characters, none of them blank`;
    if (token !== undefined && !(token.length >= MIN_TOKEN_LENGTH && /^\S+$/.test(token))) {
      throw new ServerError("token_needed", `The token is too weak: it needs ${length}.`);
    }
    if (token !== undefined || isLoopback(host)) return;
    throw new ServerError("token_needed", `Other machines can reach ${host}, so the server needs a token.`, {
      hints: [`Give it one of ${length}, with the option \`token\`; or listen on 127.0.0.1.`],
    });
  }
}

function listenError(error: unknown, host: string, port: number): ServerError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    return new ServerError("port_taken", `Another program listens on ${host}:${port} already.`, {
      cause: error,
      hints: ["Choose another port, or 0 for one that is free."],
    });
  }
  const text = `The server cannot listen on ${host}:${port}: ${message}`;
  return new ServerError("start_failed", text, { cause: error });
}
