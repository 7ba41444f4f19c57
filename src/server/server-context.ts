import type { Limiter } from "../limit/limiter.js";
import type { Logger } from "../logging/logger.js";
import type { OptionRules } from "./client-options.js";
import type { ConversationStore } from "./conversation-store.js";
import type { Metrics } from "./metrics.js";
import type { ClaudeWebSocketServerOptions, ServerLimits } from "./server-options.js";

/** Something that ends, at the latest when it is told to. */
export interface Ending {
  end(): Promise<void>;
}

/** What the parts of one server share. */
export interface ServerContext {
  readonly options: ClaudeWebSocketServerOptions;
  readonly limits: ServerLimits;
  readonly rules: OptionRules;
  /** The places for queries that run. */
  readonly places: Limiter;
  /** The queries that start, wait or run, of WebSockets and of requests. */
  readonly queries: Set<Ending>;
  /** The answers to `POST /query` that are not with their clients yet; each resolves when it is, or its client has gone. */
  readonly answers: Set<Promise<void>>;
  /** The places for histories that clients ask for. */
  readonly historyPlaces: Limiter;
  readonly queryRate: { take(key: string): boolean };
  readonly metrics: Metrics;
  readonly conversations: ConversationStore;
  /** Sessions that a query goes on with right now, in lower case: two at once would spoil the transcript. */
  readonly busySessions: Set<string>;
  readonly logger: Logger | undefined;
  /** Set when the server is shut down: no query begins any more. */
  stopping: boolean;
}
