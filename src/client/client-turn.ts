import { randomUUID } from "node:crypto";
import { registerActiveQuery } from "../active-queries.js";
import { AbortError, TimeoutError } from "../errors.js";
import { createTurnLog, logMessages } from "../logging/turn-log.js";
import type { Message } from "../messages/types.js";
import { currentQueryContext, type QueryOrigin } from "../origin.js";
import { recordTurn } from "../recording/record-turn.js";
import { replayTurn } from "../recording/replay-turn.js";
import { withRetry } from "../retry/with-retry.js";
import type { TurnEvent } from "../turn.js";
import { turnMessages } from "../turn-messages.js";
import type { TurnPlan } from "../turn-plan.js";

/** A turn of a client: planned when its time comes, read by whoever asks for it. */
export interface ClientTurn {
  /** Its messages, once; leaving a loop over them does not end them. */
  readonly messages: AsyncGenerator<Message, void, void>;
  /** Settles when the turn has been read to its end, has failed or was dropped. */
  readonly done: Promise<void>;
  readonly isRead: boolean;
  /** Ends the turn; whoever reads it sees this error. */
  abort(error: unknown): Promise<void>;
}

export interface ClientTurnSource {
  /** The plan, once earlier turns are over. */
  readonly planned: Promise<TurnPlan>;
  /** The lines of a turn that is not replayed; called for each attempt. */
  live(plan: TurnPlan): AsyncIterable<TurnEvent>;
  /** Ends the CLI: what else would stop the turn? */
  end(error: unknown): Promise<void>;
}

export function createClientTurn(source: ClientTurnSource): ClientTurn {
  const stop = new AbortController();
  let isRead = false;
  let settle = (): void => {};
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });

  async function* read(): AsyncGenerator<Message, void, void> {
    isRead = true;
    const origin = {
      id: randomUUID(),
      prompt: "",
      replayed: false,
      recordingPath: undefined as string | undefined,
      context: currentQueryContext(),
    };
    const unregister = registerActiveQuery({ origin, abort: (reason) => abort(new AbortError(reason)) });
    let timer: NodeJS.Timeout | undefined;
    try {
      const plan = await source.planned;
      stop.signal.throwIfAborted();
      origin.prompt = plan.prompt;
      origin.replayed = plan.replayed;
      if (plan.replayed) origin.recordingPath = plan.recordingPath;
      const { timeoutMs } = plan.options;
      if (timeoutMs !== undefined && !plan.replayed)
        timer = setTimeout(() => void abort(new TimeoutError(timeoutMs)), timeoutMs);
      yield* logMessages(attempts(plan, origin), createTurnLog(plan.options));
    } finally {
      clearTimeout(timer);
      unregister();
      settle();
    }
  }

  function attempts(plan: TurnPlan, origin: QueryOrigin): AsyncGenerator<Message, void, void> {
    const attempt = () => turnMessages(plan, origin, eventsOf(plan));
    return plan.replayed ? attempt() : withRetry(attempt, plan.options, origin, stop.signal);
  }

  function eventsOf(plan: TurnPlan): AsyncIterable<TurnEvent> {
    if (plan.replayed) return replayTurn(plan, stop.signal);
    const live = source.live(plan);
    return plan.recorded ? recordTurn(live, plan) : live;
  }

  async function abort(error: unknown): Promise<void> {
    stop.abort(error);
    await source.end(error);
  }

  return {
    messages: read(),
    done,
    get isRead() {
      return isRead;
    },
    abort,
  };
}
