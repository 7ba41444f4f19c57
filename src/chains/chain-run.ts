import type { AbortError } from "../errors.js";
import { createItemQueue, type ItemQueue } from "../process/item-queue.js";
import { showAs } from "../shown-as.js";
import type { ChainBudgetError, ChainStepError } from "./chain-errors.js";
import type { ChainEvent } from "./chain-events.js";
import type { ChainSnapshot } from "./chain-snapshot.js";
import type { ChainState } from "./chain-state.js";

/** What a chain came to. */
export interface ChainResult<Outputs> {
  /** The inputs, and what came of each step, by name. */
  readonly outputs: Outputs;
  readonly state: ChainState;
  readonly snapshot: ChainSnapshot;
  /** US dollars that were paid; turns that are replayed cost nothing. */
  readonly costUsd: number;
}

/**
 * A run of a chain: await it for its result, or read its events as they come. It begins when either is done. Several may read
 * it; when the last reader leaves and nobody awaits it, it stops.
 *
 * Awaiting it throws {@link ChainStepError}, {@link ChainBudgetError} or {@link AbortError}; reading its events throws nothing:
 * the last one says how it ended.
 */
export interface ChainRun<Outputs> extends AsyncIterable<ChainEvent>, PromiseLike<ChainResult<Outputs>> {
  /** How far it has come. */
  readonly state: ChainState | undefined;
  readonly snapshot: ChainSnapshot;
  /** Stops it; what is done is in `state`. */
  abort(reason?: unknown): void;
}

export interface ChainRunSource<Outputs> {
  /** Runs the chain; called once. */
  start(onEvent: (event: ChainEvent) => void): Promise<ChainResult<Outputs>>;
  readonly state: ChainState | undefined;
  readonly snapshot: ChainSnapshot;
  abort(reason: unknown): void;
}

export function createChainRun<Outputs>(source: ChainRunSource<Outputs>): ChainRun<Outputs> {
  const readers = new Set<ItemQueue<ChainEvent>>();
  let result: Promise<ChainResult<Outputs>> | undefined;
  let isAwaited = false;

  const start = (): Promise<ChainResult<Outputs>> => {
    // Not at once: whoever begins to read now sees it from its first event.
    result ??= Promise.resolve().then(() =>
      source.start((event) => {
        for (const reader of readers) reader.push(event);
      }),
    );
    return result;
  };

  async function* read(): AsyncGenerator<ChainEvent, void, void> {
    const queue = createItemQueue<ChainEvent>();
    readers.add(queue);
    // Whoever awaits the run sees how it ended; a reader sees it in the last event.
    start().then(
      () => queue.end(),
      () => queue.end(),
    );
    let isOver = false;
    try {
      yield* queue;
      isOver = true;
    } finally {
      readers.delete(queue);
      if (!isOver && readers.size === 0 && !isAwaited) source.abort("its reader has left");
    }
  }

  const run: ChainRun<Outputs> = {
    get state() {
      return source.state;
    },
    get snapshot() {
      return source.snapshot;
    },
    abort: (reason) => source.abort(reason),
    [Symbol.asyncIterator]: read,
    // biome-ignore lint/suspicious/noThenProperty: a run is awaited for its result, like execa's subprocesses
    then(onResult, onError) {
      isAwaited = true;
      return start().then(onResult, onError);
    },
  };
  return showAs(run, "chain");
}
