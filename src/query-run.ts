import { randomUUID } from "node:crypto";
import { registerActiveQuery } from "./active-queries.js";
import { AbortError, TimeoutError } from "./errors.js";
import type { Message } from "./messages/types.js";
import { currentQueryContext, type QueryOrigin } from "./origin.js";
import { onAbort } from "./process/on-abort.js";
import { turnMessages } from "./turn-messages.js";
import type { TurnPlan } from "./turn-plan.js";

/** A turn of Claude: its messages in order, and a handle on what produces them. */
export interface Query extends AsyncGenerator<Message, void, void> {
  /** The identity that every message of this query carries. */
  readonly origin: QueryOrigin;
  /** The process id of the CLI; undefined before it has started, and in a replay. */
  readonly pid: number | undefined;
  /** Ends the turn and its processes; whoever reads the messages sees them end. */
  close(): Promise<void>;
}

/** The reason of a stop that is no error: the reader has left. */
const CLOSED = Symbol("closed");

/** Prepares a turn; it begins when its first message is asked for. */
export function createQueryRun(plan: TurnPlan): Query {
  const { prompt, replayed } = plan;
  const origin = { id: randomUUID(), prompt, replayed, context: undefined as unknown };
  const stop = new AbortController();
  let pid: number | undefined;
  let endProcess: (() => Promise<void>) | undefined;
  let pendingReads = 0;
  let unregister = (): void => {};
  let settle = (): void => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });

  const messages = read();
  async function* read(): AsyncGenerator<Message, void, void> {
    origin.context = currentQueryContext();
    unregister = registerActiveQuery({ origin, abort });
    const { abortSignal, timeoutMs } = plan.options;
    const ignoreSignal = abortSignal && onAbort(abortSignal, (reason) => stop.abort(new AbortError(reason)));
    const timer =
      timeoutMs === undefined || plan.replayed
        ? undefined
        : setTimeout(() => stop.abort(new TimeoutError(timeoutMs)), timeoutMs);
    try {
      stop.signal.throwIfAborted();
      yield* turnMessages(plan, origin, stop.signal, (running) => {
        pid = running.pid;
        endProcess = running.end;
      });
    } catch (error) {
      if (error !== CLOSED) throw error;
    } finally {
      clearTimeout(timer);
      ignoreSignal?.();
      unregister();
      settle();
    }
  }

  async function abort(reason?: unknown): Promise<void> {
    stop.abort(new AbortError(reason));
    unregister();
    // With nobody reading, the generator stands still and cannot clean up: then the process is ended from here.
    await (pendingReads > 0 ? settled : endProcess?.());
  }

  async function close(): Promise<void> {
    stop.abort(CLOSED);
    await messages.return();
  }

  return {
    origin,
    get pid() {
      return pid;
    },
    close,
    async next() {
      pendingReads++;
      try {
        return await messages.next();
      } finally {
        pendingReads--;
      }
    },
    async return() {
      await close();
      return { done: true, value: undefined };
    },
    async throw(error) {
      stop.abort(CLOSED);
      return messages.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
