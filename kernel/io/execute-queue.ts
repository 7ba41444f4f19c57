import type { Request } from "./request.js";
import type { Json } from "./wire.js";

/** Cells run one after the other, in the order they came. */
export interface ExecuteQueue {
  readonly running: Request | undefined;
  /** The running cell, or the one that ran last. */
  readonly latest: Request | undefined;
  add(request: Request): void;
  /** The running cell is done with this reply: starts the next one, or aborts those that waited if it failed. */
  finished(reply: Json): void;
}

export interface ExecuteSteps {
  start(request: Request): void;
  finish(request: Request, reply: Json): void;
  abort(request: Request): void;
}

/**
 * The queue of execute_requests.
 * When a cell fails that has `stop_on_error`, exactly the requests that have already come are aborted, as the spec says:
 * no time window, so a cell sent after the error always runs.
 */
export function createExecuteQueue(steps: ExecuteSteps): ExecuteQueue {
  let running: Request | undefined;
  let latest: Request | undefined;
  let waiting: Request[] = [];

  const startNext = (): void => {
    if (running || waiting.length === 0) return;
    running = latest = waiting.shift() as Request;
    steps.start(running);
  };

  return {
    get running() {
      return running;
    },
    get latest() {
      return latest;
    },
    add(request) {
      waiting.push(request);
      startNext();
    },
    finished(reply) {
      const request = running;
      if (!request) return;
      const { stop_on_error, silent } = request.content;
      // A silent request is a front end's own, as ipykernel has it: its failure says nothing of the user's cells.
      const failed = reply.status === "error" && stop_on_error !== false && silent !== true;
      const aborted = failed ? waiting : [];
      if (failed) waiting = [];
      running = undefined;
      steps.finish(request, reply);
      for (const each of aborted) steps.abort(each);
      startNext();
    },
  };
}
